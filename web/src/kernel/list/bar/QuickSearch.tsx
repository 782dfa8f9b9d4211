/** Text that the records of the list contain, searched for while it is typed. */
import { CloseButton, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { IconSearch } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import type { MetaObject } from "../../../api/types";
import { t } from "../../../messages/t";
import { usePageSearch } from "../../useSearch";
import classes from "./Bar.module.css";

export function QuickSearch({ object }: { object: MetaObject }) {
  const [search, setSearch] = usePageSearch();
  const [text, setText] = useState(search.q ?? "");
  const apply = useDebouncedCallback((q: string) => setSearch({ q }, true), 250);
  useEffect(() => setText(search.q ?? ""), [search.q]);
  const label = t("list.search", { names: object.plural.toLowerCase() });
  return (
    <TextInput
      className={classes.quick}
      data-search
      type="search"
      aria-label={label}
      placeholder={label}
      leftSection={<IconSearch size={16} stroke={1.6} />}
      rightSection={
        text ? (
          <CloseButton
            size="sm"
            aria-label={t("clear")}
            onClick={() => {
              setText("");
              setSearch({ q: undefined });
            }}
          />
        ) : null
      }
      value={text}
      onChange={(event) => {
        setText(event.currentTarget.value);
        apply(event.currentTarget.value);
      }}
      onKeyDown={(event) => {
        if (event.key === "Escape") event.currentTarget.blur();
      }}
    />
  );
}
