/** Conditions of which all, any or none hold; groups stand within groups. */
import { ActionIcon, Button, NativeSelect, Group as Row, Textarea } from "@mantine/core";
import { IconPlus, IconX } from "@tabler/icons-react";
import type { MetaObject } from "../../api/types";
import { t } from "../../messages/t";
import { ConditionRow } from "./ConditionRow";
import classes from "./Filter.module.css";
import { conditionOn, type FilterNode, type Group, type Join, type Words } from "./tree";
import { filterFields } from "./words";

interface Props {
  object: MetaObject;
  group: Group;
  /** How many groups stand around this one. */
  depth?: number;
  onChange: (group: Group) => void;
  onRemove?: () => void;
}

const JOINS: Join[] = ["all", "any", "none"];
const DEEPEST = 3;

interface WordsProps {
  words: Words;
  onChange: (words: Words) => void;
  onRemove: () => void;
}

function WordsRow({ words, onChange, onRemove }: WordsProps) {
  return (
    <div className={classes.words}>
      <Textarea
        aria-label={t("filter.expression")}
        classNames={{ input: classes.code }}
        autosize
        value={words.source}
        onChange={(event) => onChange({ ...words, source: event.currentTarget.value })}
      />
      <ActionIcon aria-label={t("filter.removeCondition")} onClick={onRemove}>
        <IconX size={16} aria-hidden />
      </ActionIcon>
    </div>
  );
}

export function GroupEditor({ object, group, depth = 0, onChange, onRemove }: Props) {
  const first = filterFields(object)[0];
  const put = (at: number, part: FilterNode) =>
    onChange({ ...group, parts: group.parts.map((one, place) => (place === at ? part : one)) });
  const remove = (at: number) =>
    onChange({ ...group, parts: group.parts.filter((_, place) => place !== at) });
  const add = (part: FilterNode) => onChange({ ...group, parts: [...group.parts, part] });
  return (
    <fieldset className={classes.group} data-nested={depth > 0 || undefined}>
      <legend className="sr-only">{t("filter.group")}</legend>
      {(depth > 0 || group.parts.length > 1 || group.join === "none") && (
        <Row gap={8} justify="space-between">
          <NativeSelect
            aria-label={t("filter.join")}
            size="xs"
            data={JOINS.map((join) => ({ value: join, label: t(`filter.join.${join}`) }))}
            value={group.join}
            onChange={(event) => onChange({ ...group, join: event.currentTarget.value as Join })}
          />
          {onRemove && (
            <ActionIcon aria-label={t("filter.removeGroup")} onClick={onRemove}>
              <IconX size={16} aria-hidden />
            </ActionIcon>
          )}
        </Row>
      )}
      {group.parts.map((part, at) => {
        const props = { onRemove: () => remove(at), onChange: (changed: FilterNode) => put(at, changed) };
        // Parts have no name but their place.
        const key = `${at}/${part.kind}`;
        if (part.kind === "group")
          return <GroupEditor key={key} object={object} group={part} depth={depth + 1} {...props} />;
        if (part.kind === "words") return <WordsRow key={key} words={part} {...props} />;
        return <ConditionRow key={key} object={object} condition={part} {...props} />;
      })}
      <Row gap={8}>
        {first && (
          <Button
            size="xs"
            variant="subtle"
            color="gray"
            leftSection={<IconPlus size={14} aria-hidden />}
            onClick={() => add(conditionOn(first))}
          >
            {t("filter.addCondition")}
          </Button>
        )}
        {first && depth < DEEPEST && (
          <Button
            size="xs"
            variant="subtle"
            color="gray"
            leftSection={<IconPlus size={14} aria-hidden />}
            onClick={() =>
              add({ kind: "group", join: group.join === "any" ? "all" : "any", parts: [conditionOn(first)] })
            }
          >
            {t("filter.addGroup")}
          </Button>
        )}
      </Row>
    </fieldset>
  );
}
