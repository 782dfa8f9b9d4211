/** The tags of a record: words by which records of all objects are found. New ones are made as they are typed. */
import { ActionIcon, Combobox, Pill, TextInput, useCombobox } from "@mantine/core";
import { IconTag } from "@tabler/icons-react";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { createRecord, deleteRecord } from "../../api/commands";
import { get } from "../../api/http";
import type { Json, JsonObject, ListReply, MetaObject, RecordData } from "../../api/types";
import { t } from "../../messages/t";
import { useChanges } from "../changes";
import { can } from "../meta";
import { type About, aboutQuery } from "./hanging";
import classes from "./RecordPage.module.css";

interface Props {
  tags: MetaObject;
  taggings: MetaObject;
  about: About;
}

/** The choice that makes a tag of what was typed. */
const NEW = "$new";

const asTag = (value: Json | undefined): JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? value : {};

export function Tags({ tags, taggings, about }: Props) {
  const changes = useChanges();
  const [text, setText] = useState("");
  const combobox = useCombobox({ onDropdownClose: () => setText("") });
  const given = useQuery(aboutQuery(taggings.path, "target", about.target.id, { expand: "tag" }));
  const all = useQuery({
    queryKey: ["records", tags.path, "options", ""],
    queryFn: ({ signal }) => get<ListReply>(tags.path, { sort: "name", limit: 200 }, signal),
    enabled: combobox.dropdownOpened,
  });
  const mine = given.data?.data ?? [];
  const has = new Set(mine.map((one) => asTag(one.tag).id));
  const words = text.trim();
  const offered = (all.data?.data ?? [])
    .filter((tag) => !has.has(tag.id))
    .filter((tag) => String(tag.name).toLowerCase().includes(words.toLowerCase()));
  const exact = (all.data?.data ?? []).some((tag) => String(tag.name).toLowerCase() === words.toLowerCase());

  const add = useMutation({
    mutationFn: async ({ chosen, name }: { chosen: string; name: string }) => {
      const tag = chosen === NEW ? (await createRecord(tags.path, { name })).data.id : chosen;
      return createRecord(taggings.path, { target: about.target, tag: tag ?? null });
    },
    onSuccess: ({ run }) => changes.done(t("tag.added"), run),
    onError: changes.failed,
  });
  const remove = useMutation({
    mutationFn: (tagging: RecordData) => deleteRecord(taggings.path, String(tagging.id), tagging.version),
    onSuccess: ({ run }) => changes.done(t("tag.removed"), run),
    onError: changes.failed,
  });
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for a form, and these stand beside the title
    <div className={classes.tags} role="group" aria-label={t("tags")}>
      {mine.map((tagging) => {
        const tag = asTag(tagging.tag);
        const name = String(tag.name ?? t("link.hidden"));
        return (
          <Pill
            key={String(tagging.id)}
            size="sm"
            withRemoveButton={can(taggings, "delete")}
            removeButtonProps={{ "aria-label": t("tag.remove", { name }), tabIndex: 0, "aria-hidden": false }}
            onRemove={() => remove.mutate(tagging)}
          >
            {typeof tag.colour === "string" && (
              <span className={classes.dot} style={{ background: tag.colour }} aria-hidden />
            )}
            {name}
          </Pill>
        );
      })}
      {can(taggings, "create") && (
        <Combobox
          store={combobox}
          width={220}
          position="bottom-start"
          shadow="md"
          withinPortal
          onOptionSubmit={(chosen) => {
            add.mutate({ chosen, name: words });
            combobox.closeDropdown();
          }}
        >
          <Combobox.Target withAriaAttributes={false}>
            <ActionIcon
              size={28}
              aria-label={t("tag.add")}
              aria-expanded={combobox.dropdownOpened}
              onClick={() => combobox.toggleDropdown()}
            >
              <IconTag size={16} stroke={1.6} />
            </ActionIcon>
          </Combobox.Target>
          <Combobox.Dropdown>
            <Combobox.EventsTarget>
              <TextInput
                size="xs"
                m={4}
                aria-label={t("tag.find")}
                placeholder={t("tag.find")}
                data-autofocus
                ref={(element) => {
                  if (element && combobox.dropdownOpened) requestAnimationFrame(() => element.focus());
                }}
                value={text}
                onChange={(event) => {
                  setText(event.currentTarget.value);
                  combobox.updateSelectedOptionIndex();
                }}
              />
            </Combobox.EventsTarget>
            <Combobox.Options mah={240} style={{ overflowY: "auto" }} aria-label={t("tags")}>
              {offered.map((tag) => (
                <Combobox.Option key={String(tag.id)} value={String(tag.id)}>
                  {String(tag.name)}
                </Combobox.Option>
              ))}
              {words && !exact && can(tags, "create") && (
                <Combobox.Option value={NEW}>{t("link.create", { title: words })}</Combobox.Option>
              )}
              {offered.length === 0 && !words && <Combobox.Empty>{t("tag.none")}</Combobox.Empty>}
            </Combobox.Options>
          </Combobox.Dropdown>
        </Combobox>
      )}
    </div>
  );
}
