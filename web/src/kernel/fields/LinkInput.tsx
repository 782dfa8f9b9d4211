/** Links to other records: searched on the server by title, created in place when missing. */
import { ActionIcon, Combobox, InputBase, MultiSelect, useCombobox } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconArrowUpRight, IconChevronDown, IconPlus } from "@tabler/icons-react";
import { useQueries, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Suspense, useState } from "react";
import { get } from "../../api/http";
import type { Json, ListReply, MetaField, MetaObject, RecordData } from "../../api/types";
import { t } from "../../messages/t";
import { lazily } from "../../ui/lazily";
import { recordAddress } from "../addresses";
import { explain } from "../changes";
import { joinCel } from "../joinCel";
import { can, companyFilter, fieldOf, findObject, titleOf, useMeta } from "../meta";
import { titleQuery } from "../titles";
import type { CommonProps } from "./FieldInput";
import { Previewed } from "./Previewed";

const CreateDialog = lazily(() => import("../record/CreateDialog").then((it) => it.CreateDialog));

interface Props {
  common: CommonProps;
  field: MetaField;
  value: Json | undefined;
  onChange: (value: Json) => void;
  pickOnly?: boolean;
}

const SHOWN = 12;

const idOf = (value: Json | undefined): string | null => {
  if (typeof value === "string") return value || null;
  if (value && typeof value === "object" && !Array.isArray(value)) return String(value.id ?? "") || null;
  return null;
};

/** Records of `target` that the words find: by its searchable fields, or else by title. */
function useOptions(target: MetaObject | undefined, typed: string, enabled: boolean) {
  const [text] = useDebouncedValue(typed.trim(), 200);
  const title = target && fieldOf(target, target.title);
  const searchable = target?.fields.some((field) => field.search);
  const meta = useMeta();
  const filter = joinCel([
    target && companyFilter(meta, target),
    text && !searchable ? `${title?.name}.icontains(${JSON.stringify(text)})` : undefined,
  ]);
  const q = searchable ? text : undefined;
  return useQuery({
    queryKey: ["records", target?.path, "options", text, filter],
    queryFn: ({ signal }) =>
      get<ListReply>(
        target?.path ?? "",
        { filter, q, limit: SHOWN, sort: title?.sortable ? title.name : undefined },
        signal,
      ),
    enabled: enabled && Boolean(target),
    placeholderData: (previous) => previous,
  });
}

function subtitleOf(target: MetaObject, record: RecordData): string {
  const other = target.fields.find(
    (field) => field.search && field.name !== target.title && typeof record[field.name] === "string",
  );
  const text = other ? String(record[other.name]) : "";
  // A title that is made of it needs it no second time.
  return titleOf(target, record).includes(text) ? "" : text;
}

interface OptionsProps {
  target: MetaObject;
  options: RecordData[];
  loading: boolean;
  text: string;
  /** Why nothing could be looked up. */
  failure: string | null;
  pickOnly?: boolean;
}

function Options({ target, options, loading, text, failure, pickOnly }: OptionsProps) {
  return (
    <Combobox.Options mah={280} style={{ overflowY: "auto" }} aria-label={t("link.options")}>
      {options.map((record) => (
        <Combobox.Option key={String(record.id)} value={String(record.id)}>
          <span>{titleOf(target, record)}</span>{" "}
          <span className="quiet" style={{ fontSize: 12 }}>
            {subtitleOf(target, record)}
          </span>
        </Combobox.Option>
      ))}
      {options.length === 0 && (
        <Combobox.Empty>{loading ? t("loading") : (failure ?? t("link.none"))}</Combobox.Empty>
      )}
      {can(target, "create") && !pickOnly && !loading && text.trim() && (
        <Combobox.Option value="$create">
          <IconPlus size={14} aria-hidden style={{ verticalAlign: -2, marginInlineEnd: 6 }} />
          {t("link.create", { title: text.trim() })}
        </Combobox.Option>
      )}
    </Combobox.Options>
  );
}

export function LinkInput({ common, field, value, onChange, pickOnly }: Props) {
  const meta = useMeta();
  const target = findObject(meta, field.to);
  const id = idOf(value);
  const expanded = value && typeof value === "object" && !Array.isArray(value) ? value : null;
  const [text, setText] = useState<string | null>(null);
  const [picked, setPicked] = useState<RecordData | null>(null);
  const [creating, setCreating] = useState<string | null>(null);
  const combobox = useCombobox({
    onDropdownClose: () => {
      combobox.resetSelectedOption();
      setText(null);
    },
  });
  const known = expanded ?? (picked?.id === id ? picked : null);
  const fetched = useQuery({ ...titleQuery(target, id ?? ""), enabled: Boolean(target && id && !known) });
  const shown =
    known && target
      ? titleOf(target, known)
      : (fetched.data ?? (id && !fetched.isPending ? t("link.hidden") : ""));
  const options = useOptions(target, text ?? "", combobox.dropdownOpened);
  const records = options.data?.data ?? [];

  const choose = (chosen: string) => {
    if (chosen === "$create") {
      setCreating((text ?? "").trim());
      combobox.closeDropdown();
      return;
    }
    setPicked(records.find((record) => record.id === chosen) ?? null);
    onChange(chosen);
    combobox.closeDropdown();
  };
  const { variant, ...rest } = common;
  const opens = target && id && common.label && !target.child && text === null && shown !== t("link.hidden");
  const right = opens ? (
    <Previewed object={target} id={id}>
      <ActionIcon
        size={24}
        renderRoot={(props) => <Link to={recordAddress(target.path, id)} {...props} />}
        aria-label={t("link.open", { name: shown })}
      >
        <IconArrowUpRight size={16} stroke={1.6} />
      </ActionIcon>
    </Previewed>
  ) : (
    common.label && <IconChevronDown size={16} stroke={1.6} aria-hidden />
  );
  return (
    <>
      <Combobox store={combobox} onOptionSubmit={choose} withinPortal shadow="md">
        <Combobox.Target withExpandedAttribute>
          <InputBase
            {...rest}
            variant={variant}
            role="combobox"
            autoComplete="off"
            disabled={!target}
            placeholder={common.label && target ? t("link.choose") : undefined}
            rightSection={right}
            rightSectionPointerEvents={opens ? "auto" : "none"}
            value={text ?? shown}
            onFocus={(event) => event.currentTarget.select()}
            onClick={() => combobox.openDropdown()}
            onChange={(event) => {
              setText(event.currentTarget.value);
              combobox.openDropdown();
              combobox.updateSelectedOptionIndex();
            }}
            onBlur={() => {
              if (text === "") onChange(null);
              combobox.closeDropdown();
            }}
          />
        </Combobox.Target>
        <Combobox.Dropdown miw={240}>
          {target && (
            <Options
              target={target}
              options={records}
              loading={options.isFetching}
              text={text ?? ""}
              failure={options.error && explain(options.error)}
              pickOnly={pickOnly}
            />
          )}
        </Combobox.Dropdown>
      </Combobox>
      {creating !== null && target && (
        <Suspense>
          <CreateDialog
            object={target}
            title={creating}
            onClose={() => setCreating(null)}
            onCreated={(record) => {
              setPicked(record);
              onChange(String(record.id));
              setCreating(null);
            }}
          />
        </Suspense>
      )}
    </>
  );
}

export function LinksInput({ common, field, value, onChange }: Props) {
  const meta = useMeta();
  const target = findObject(meta, field.to);
  const [text, setText] = useState("");
  const [opened, setOpened] = useState(false);
  const ids = (Array.isArray(value) ? value : []).map(idOf).filter((id): id is string => id !== null);
  const titles = useQueries({ queries: ids.map((id) => titleQuery(target, id)) });
  const options = useOptions(target, text, opened);
  const chosen = ids.map((id, index) => ({ value: id, label: titles[index]?.data ?? "…" }));
  const found = (options.data?.data ?? [])
    .filter((record) => !ids.includes(String(record.id)))
    .map((record) => ({
      value: String(record.id),
      label: target ? titleOf(target, record) : String(record.id),
    }));
  return (
    <MultiSelect
      {...common}
      data={[...chosen, ...found]}
      value={ids}
      onChange={onChange}
      searchable
      searchValue={text}
      onSearchChange={setText}
      onDropdownOpen={() => setOpened(true)}
      filter={({ options: all }) => all}
      hidePickedOptions
      rightSection={common.label ? undefined : null}
      rightSectionWidth={common.label ? undefined : 4}
      comboboxProps={common.label ? undefined : { width: 240, position: "bottom-start" }}
      nothingFoundMessage={options.isFetching ? t("loading") : t("link.none")}
    />
  );
}
