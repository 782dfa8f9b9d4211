/** Builds a filter by fields, or as the expression that it is; both say the same. */
import { Button, Popover, Group as Row, Stack, Textarea } from "@mantine/core";
import { useWindowEvent } from "@mantine/hooks";
import { cloneElement, type ReactElement, useState } from "react";
import type { MetaObject } from "../../api/types";
import { t } from "../../messages/t";
import classes from "./Filter.module.css";
import { GroupEditor } from "./GroupEditor";
import { readFilter } from "./read";
import { conditionOn, emptyFilter, type Group, isComplete } from "./tree";
import { filterFields } from "./words";
import { writeFilter } from "./write";

interface Props {
  object: MetaObject;
  source: string;
  /** Opens with one more condition to say. */
  adds?: boolean;
  onSource: (source: string) => void;
  /** False within another popover, which would take a press outside of it for its end. */
  withinPortal?: boolean;
  children: ReactElement<{ onClick?: () => void; "aria-expanded"?: boolean }>;
}

/** What belongs to this popover although it opens outside of it: lists and calendars of the inputs. */
const INSIDE = '.mantine-Popover-dropdown, .mantine-Combobox-dropdown, [aria-expanded="true"]';

export function FilterPopover({ object, source, adds, onSource, withinPortal, children }: Props) {
  const [opened, setOpened] = useState(false);
  const [tree, setTree] = useState<Group>(emptyFilter);
  const [text, setText] = useState<string | null>(null);
  const open = () => {
    const read = readFilter(source, object.fields);
    const first = filterFields(object)[0];
    const wants = first && (adds || read?.parts.length === 0);
    const more = wants ? [conditionOn(first)] : [];
    if (read) {
      const alone = read.join !== "all" && adds;
      setTree(
        alone ? { ...emptyFilter(), parts: [read, ...more] } : { ...read, parts: [...read.parts, ...more] },
      );
    }
    setText(read ? null : source);
    setOpened(true);
  };
  useWindowEvent("pointerdown", (event) => {
    if (opened && !(event.target as Element).closest(INSIDE)) setOpened(false);
  });
  const read = text === null ? tree : readFilter(text, object.fields);
  const valid = read !== null && isComplete(read);
  const apply = () => {
    if (!valid) return;
    onSource(text?.trim() ?? writeFilter(tree, object.fields));
    setOpened(false);
  };
  const swap = () => {
    if (text === null) setText(writeFilter(tree, object.fields));
    else if (read) {
      setTree(read);
      setText(null);
    }
  };
  return (
    <Popover
      opened={opened}
      onChange={setOpened}
      position="bottom-start"
      width="min(600px, calc(100vw - 32px))"
      shadow="md"
      withinPortal={withinPortal}
      trapFocus
      returnFocus
      closeOnClickOutside={false}
    >
      <Popover.Target>
        {cloneElement(children, {
          onClick: () => (opened ? setOpened(false) : open()),
          "aria-expanded": opened,
        })}
      </Popover.Target>
      <Popover.Dropdown className={classes.popover}>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            apply();
          }}
        >
          <Stack gap="md">
            {text === null ? (
              <GroupEditor object={object} group={tree} onChange={setTree} />
            ) : (
              <Textarea
                label={t("filter.expression")}
                description={t("filter.expression.help")}
                autosize
                minRows={3}
                classNames={{ input: classes.code }}
                value={text}
                error={read === null ? t("filter.invalid") : undefined}
                onChange={(event) => setText(event.currentTarget.value)}
              />
            )}
            <Row justify="space-between">
              <Button
                variant="subtle"
                color="gray"
                size="xs"
                disabled={text !== null && read === null}
                onClick={swap}
              >
                {text === null ? t("filter.expression.edit") : t("filter.simple")}
              </Button>
              <Button type="submit" disabled={!valid}>
                {t("filter.apply")}
              </Button>
            </Row>
          </Stack>
        </form>
      </Popover.Dropdown>
    </Popover>
  );
}
