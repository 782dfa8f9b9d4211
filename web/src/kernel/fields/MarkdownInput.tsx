/** Markdown as it is written, with buttons for its marks, and as it will be read. */
import { ActionIcon, SegmentedControl, Textarea, Tooltip } from "@mantine/core";
import {
  IconBold,
  IconCode,
  IconItalic,
  IconLink,
  IconList,
  IconListCheck,
  IconListNumbers,
  IconQuote,
} from "@tabler/icons-react";
import { type KeyboardEvent, useId, useRef, useState } from "react";
import { type MessageKey, t } from "../../messages/t";
import type { CommonProps } from "./FieldInput";
import classes from "./Fields.module.css";
import { MarkdownText } from "./MarkdownText";
import { type Mark, marked } from "./marks";

interface Props {
  common: CommonProps;
  value: string;
  onChange: (text: string | null) => void;
}

const MARKS: { mark: Mark; label: MessageKey; Icon: typeof IconBold; key?: string }[] = [
  { mark: "bold", label: "markdown.bold", Icon: IconBold, key: "b" },
  { mark: "italic", label: "markdown.italic", Icon: IconItalic, key: "i" },
  { mark: "code", label: "markdown.code", Icon: IconCode },
  { mark: "link", label: "markdown.link", Icon: IconLink },
  { mark: "list", label: "markdown.list", Icon: IconList },
  { mark: "numbers", label: "markdown.numbers", Icon: IconListNumbers },
  { mark: "tasks", label: "markdown.tasks", Icon: IconListCheck },
  { mark: "quote", label: "markdown.quote", Icon: IconQuote },
];

export function MarkdownInput({ common, value, onChange }: Props) {
  const id = useId();
  const area = useRef<HTMLTextAreaElement>(null);
  const [reading, setReading] = useState(false);
  const { label, labelProps, ...rest } = common;
  const put = (mark: Mark) => {
    const element = area.current;
    if (!element) return;
    const next = marked(value, element.selectionStart, element.selectionEnd, mark);
    onChange(next.text || null);
    requestAnimationFrame(() => {
      element.focus();
      element.setSelectionRange(next.start, next.end);
    });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (!(event.ctrlKey || event.metaKey)) return;
    const found = MARKS.find(({ key }) => key === event.key);
    if (!found) return;
    event.preventDefault();
    event.stopPropagation();
    put(found.mark);
  };
  return (
    <div>
      <div className={classes.writing}>
        <label htmlFor={id} className="mantine-InputWrapper-label" {...labelProps}>
          {label}
        </label>
        <div className={classes.marks} role="toolbar" aria-label={t("markdown.marks")}>
          {!reading &&
            MARKS.map(({ mark, label: name, Icon, key }) => (
              <Tooltip key={mark} label={key ? `${t(name)} (Ctrl ${key.toUpperCase()})` : t(name)}>
                <ActionIcon size={24} aria-label={t(name)} onClick={() => put(mark)}>
                  <Icon size={15} stroke={1.6} />
                </ActionIcon>
              </Tooltip>
            ))}
          <SegmentedControl
            size="xs"
            aria-label={t("markdown.mode")}
            data={[
              { value: "write", label: t("markdown.write") },
              { value: "read", label: t("markdown.read") },
            ]}
            value={reading ? "read" : "write"}
            onChange={(mode) => setReading(mode === "read")}
          />
        </div>
      </div>
      {reading ? (
        <section className={classes.written} aria-label={t("markdown.read")}>
          {value ? <MarkdownText text={value} /> : <span className="quiet">–</span>}
        </section>
      ) : (
        <Textarea
          {...rest}
          id={id}
          ref={area}
          autosize
          minRows={4}
          maxRows={24}
          value={value}
          onKeyDown={onKeyDown}
          onChange={(event) => onChange(event.currentTarget.value || null)}
        />
      )}
    </div>
  );
}
