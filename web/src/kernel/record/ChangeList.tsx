/** What a change would do, as sentences, with the fields on request. */
import { List, Spoiler, Text } from "@mantine/core";
import type { Change, Json } from "../../api/types";
import { t } from "../../messages/t";
import { amountOf, formatAmount } from "../../ui/format";
import { fieldOf, findObject, useMeta } from "../meta";

const VERBS: Record<string, "verb.create" | "verb.update" | "verb.delete"> = {
  create: "verb.create",
  created: "verb.create",
  update: "verb.update",
  updated: "verb.update",
  delete: "verb.delete",
  deleted: "verb.delete",
};

/** A value in a sentence. */
function inWords(value: Json): string {
  if (value === null || value === "") return "–";
  if (typeof value === "object" && !Array.isArray(value) && "amount" in value) {
    const amount = amountOf(value);
    return amount ? `${formatAmount(amount)} ${amount.currency ?? ""}`.trim() : "–";
  }
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

export function ChangeList({ changes }: { changes: Change[] }) {
  const meta = useMeta();
  if (changes.length === 0) return <Text size="sm">{t("preview.nothing")}</Text>;
  const sentence = (change: Change) => {
    if (change.summary) return change.summary;
    const object = findObject(meta, `${change.app}.${change.object}`);
    const label = object?.label ?? change.object;
    const fields = change.fields
      .map((one) => object && fieldOf(object, one.field))
      .filter((one) => one !== undefined);
    const verb = VERBS[change.verb];
    const words = t(verb ?? "verb.update", { name: `${label} ${change.title ?? ""}`.trim() });
    const detail = change.fields
      .slice(0, 4)
      .map((one) => {
        const name = fields.find((field) => field.name === one.field)?.label ?? one.field;
        return one.from === null
          ? `${name} ${inWords(one.to)}`
          : `${name} ${inWords(one.from)} → ${inWords(one.to)}`;
      })
      .join(", ");
    return detail ? `${words}: ${detail}` : words;
  };
  return (
    <section aria-label={t("preview.title")}>
      <Text size="xs" fw={500} c="dimmed" mb={4}>
        {t("preview.title")}
      </Text>
      <Spoiler maxHeight={200} showLabel={t("show.more")} hideLabel={t("show.less")}>
        <List size="sm" spacing={4}>
          {changes.map((change) => (
            <List.Item key={`${change.verb}:${change.record}`}>{sentence(change)}</List.Item>
          ))}
        </List>
      </Spoiler>
    </section>
  );
}
