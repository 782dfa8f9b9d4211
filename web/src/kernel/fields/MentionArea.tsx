/** A text in which `@` finds people. */
import { Combobox, Textarea, type TextareaProps, useCombobox } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { get } from "../../api/http";
import type { ListReply } from "../../api/types";
import { t } from "../../messages/t";
import { findObject, useMeta } from "../meta";

interface Props extends Omit<TextareaProps, "value" | "onChange"> {
  value: string;
  onChange: (text: string) => void;
}

const SHOWN = 6;
/** What is being typed after an `@` that begins a word, up to the caret. */
const TYPING = /(?:^|[\s(])@([\p{L}\p{N}._-]*)$/u;

export function MentionArea({ value, onChange, onKeyDown, ...rest }: Props) {
  const users = findObject(useMeta(), "core.user");
  const area = useRef<HTMLTextAreaElement>(null);
  const [typing, setTyping] = useState<string | null>(null);
  const [q] = useDebouncedValue(typing ?? "", 150);
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() });
  const found = useQuery({
    queryKey: ["records", users?.path, "mention", q],
    queryFn: ({ signal }) =>
      get<ListReply>(users?.path ?? "", { q, limit: SHOWN, filter: "active", sort: "name" }, signal),
    enabled: typing !== null && Boolean(users),
    placeholderData: (previous) => previous,
  });
  const people = typing === null ? [] : (found.data?.data ?? []);

  const first = people[0]?.id;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the store is another one at each turn
  useEffect(() => {
    if (first) combobox.selectFirstOption();
  }, [first]);

  const look = (text: string, caret: number) => {
    const word = users && TYPING.exec(text.slice(0, caret))?.[1];
    setTyping(word ?? null);
    if (word === undefined) combobox.closeDropdown();
    else combobox.openDropdown();
  };
  const choose = (name: string) => {
    const caret = area.current?.selectionStart ?? value.length;
    const start = caret - (typing ?? "").length;
    const before = `${value.slice(0, start)}${name} `;
    onChange(before + value.slice(caret));
    setTyping(null);
    combobox.closeDropdown();
    requestAnimationFrame(() => area.current?.setSelectionRange(before.length, before.length));
  };
  const opened = combobox.dropdownOpened && people.length > 0;
  return (
    <Combobox store={combobox} onOptionSubmit={choose} position="top-start" shadow="md" withinPortal>
      <Combobox.Target targetType="button" withKeyboardNavigation={opened} withExpandedAttribute>
        <Textarea
          {...rest}
          ref={area}
          value={value}
          onChange={(event) => {
            onChange(event.currentTarget.value);
            look(event.currentTarget.value, event.currentTarget.selectionStart);
          }}
          onBlur={() => combobox.closeDropdown()}
          onKeyDown={(event) => {
            if (opened && event.key === "Escape") event.stopPropagation();
            if (!opened || event.key !== "Enter") onKeyDown?.(event);
          }}
        />
      </Combobox.Target>
      <Combobox.Dropdown hidden={!opened} miw={220}>
        <Combobox.Options aria-label={t("mention.people")}>
          {people.map((user) => (
            <Combobox.Option key={String(user.id)} value={String(user.name)}>
              {String(user.name)} <span className="quiet">{String(user.email ?? "")}</span>
            </Combobox.Option>
          ))}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}
