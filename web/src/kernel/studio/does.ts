/** What a change of a manifest does, in words. */
import type { JsonObject } from "../../api/types";
import { t } from "../../messages/t";
import { labelOf } from "./names";
import { table } from "./sets";

const KINDS = {
  fields: "studio.kind.field",
  states: "studio.kind.state",
  views: "studio.kind.view",
  rules: "studio.kind.rule",
  access: "studio.kind.access",
  naming: "studio.kind.naming",
  choices: "studio.kind.choices",
  roles: "studio.kind.role",
} as const;

const isKind = (kind: string): kind is keyof typeof KINDS => kind in KINDS;

/** One sentence for each entry that is set, over what is there now. `nameOf` says what an entry is called. */
export function whatItDoes(
  set: JsonObject,
  own: JsonObject,
  known: (kind: string, name: string) => string | undefined = () => undefined,
): string[] {
  return Object.entries(set).flatMap(([path, value]) => {
    const [kind = "", name = ""] = path.split(".");
    if (!isKind(kind) || name === "initial") return [];
    const before = table(own[kind])[name];
    const label = table(value).label ?? table(before).label;
    const called = typeof label === "string" && label ? label : (known(kind, name) ?? labelOf(name));
    const what = `${t(KINDS[kind])} ${called}`;
    if (value === null) return [t("studio.does.remove", { what })];
    return [
      t(before === undefined && !known(kind, name) ? "studio.does.add" : "studio.does.change", { what }),
    ];
  });
}
