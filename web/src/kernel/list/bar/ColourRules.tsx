/** Which rows are coloured, as what, and while which condition holds. */
import { ActionIcon, Button, NativeSelect, Text, TextInput } from "@mantine/core";
import { IconPlus, IconX } from "@tabler/icons-react";
import type { MetaObject } from "../../../api/types";
import { t } from "../../../messages/t";
import { FilterPopover } from "../../filter/FilterPopover";
import { readFilter } from "../../filter/read";
import { FilterWords } from "../../filter/words";
import { type ColourRule, type RuleTone, TONES } from "../layout";
import classes from "./Bar.module.css";

interface Props {
  object: MetaObject;
  rules: ColourRule[];
  onRules: (rules: ColourRule[]) => void;
}

interface RuleProps {
  object: MetaObject;
  rule: ColourRule;
  onRule: (rule: ColourRule) => void;
  onRemove: () => void;
}

function RuleLine({ object, rule, onRule, onRemove }: RuleProps) {
  const read = rule.when ? readFilter(rule.when, object.fields) : null;
  return (
    <li className={classes.rule}>
      <NativeSelect
        aria-label={t("colour.tone")}
        data={TONES.map((tone) => ({ value: tone, label: t(`colour.${tone}`) }))}
        value={rule.tone}
        onChange={(event) => onRule({ ...rule, tone: event.currentTarget.value as RuleTone })}
      />
      <TextInput
        aria-label={t("colour.word")}
        placeholder={t("colour.word")}
        defaultValue={rule.word}
        onBlur={(event) => onRule({ ...rule, word: event.currentTarget.value.trim() || rule.word })}
      />
      <ActionIcon aria-label={t("colour.remove", { name: rule.word })} onClick={onRemove}>
        <IconX size={16} aria-hidden />
      </ActionIcon>
      <div className={classes.when}>
        <FilterPopover
          object={object}
          source={rule.when}
          withinPortal={false}
          onSource={(when) => onRule({ ...rule, when })}
        >
          <Button
            variant="default"
            size="xs"
            fullWidth
            justify="flex-start"
            classNames={{ label: "truncate" }}
          >
            {read ? <FilterWords object={object} node={read} /> : rule.when || t("colour.when")}
          </Button>
        </FilterPopover>
      </div>
    </li>
  );
}

export function ColourRules({ object, rules, onRules }: Props) {
  return (
    <div>
      <Text component="h2" className={classes.heading}>
        {t("colour.rules")}
      </Text>
      <ul className={classes.columns}>
        {rules.map((rule, at) => (
          <RuleLine
            // biome-ignore lint/suspicious/noArrayIndexKey: a rule has no name but its place
            key={at}
            object={object}
            rule={rule}
            onRule={(changed) => onRules(rules.map((one, place) => (place === at ? changed : one)))}
            onRemove={() => onRules(rules.filter((_, place) => place !== at))}
          />
        ))}
      </ul>
      <Button
        size="xs"
        variant="subtle"
        color="gray"
        leftSection={<IconPlus size={14} aria-hidden />}
        onClick={() => onRules([...rules, { tone: "bad", word: t("colour.bad.word"), when: "" }])}
      >
        {t("colour.add")}
      </Button>
    </div>
  );
}
