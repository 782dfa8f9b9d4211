/** Why the server refuses a manifest, told apart by what it is said of. Pure, so that it is tested without a page. */
import type { FieldError } from "../../api/types";

export interface Refusal {
  /** The entry, such as the name of a field; null is the manifest itself. */
  entry: string | null;
  /** What of the entry: `default`, `of`. */
  attribute: string | null;
  message: string;
}

/** `custom/extensions/crm.lead.toml:2: x_region: there is …` */
const TOLD = /^\S+\.toml:\d+: (?:([a-z][\w.]*): )?([\s\S]*)$/;
/** What a message is about that does not begin with it. */
const ABOUT: [RegExp, string][] = [
  [/^`(\w+)`/, "$1"],
  [/needs `(\w+)/, "$1"],
  [/^there is no object /, "to"],
  [/^there is no field type/, "type"],
  [/^the series /, "series"],
  [/^a name of your own |named in snake_case|has this field already|name is a system/, "name"],
];

function attributeOf(message: string): string | null {
  for (const [pattern, attribute] of ABOUT) {
    const found = pattern.exec(message);
    if (found) return attribute === "$1" ? (found[1] ?? null) : attribute;
  }
  return null;
}

/** The refusals of an answer, each once; what is not told in parts stands as `otherwise`. */
export function refusalsOf(errors: FieldError[], otherwise: string): Refusal[] {
  const found = errors.map(({ field, message }): Refusal => {
    const told = TOLD.exec(message);
    const path = field?.startsWith("set/") ? field.slice("set/".length).split(".") : [];
    const words = told?.[2] ?? message;
    return { entry: told?.[1] ?? path[1] ?? path[0] ?? null, attribute: attributeOf(words), message: words };
  });
  return found.length > 0 ? found : [{ entry: null, attribute: null, message: otherwise }];
}

/** Conditions of an entry: a mistake within one names no attribute. */
const CONDITIONS = ["visible", "computed", "filter", "rows", "check", "visible_when", "default"];

/** Messages by input of the form for one entry, and those that no input can show. */
export function besideInputs(
  refusals: Refusal[],
  entry: string,
  inputs: string[],
  given: string[] = [],
): { errors: Record<string, string>; rest: string[] } {
  const errors: Record<string, string> = {};
  const rest: string[] = [];
  const written = CONDITIONS.filter((name) => given.includes(name) && inputs.includes(name));
  for (const one of refusals) {
    // A form over several entries has an input for each.
    if (!entry && one.entry && inputs.includes(one.entry)) {
      errors[one.entry] = sentence(one.message);
      continue;
    }
    const guess = one.attribute && inputs.includes(one.attribute) ? one.attribute : written[0];
    const own = one.entry === entry || one.entry === guess;
    const at = own && (guess === one.attribute || written.length === 1) ? guess : undefined;
    if (at) errors[at] = errors[at] ? `${errors[at]} ${sentence(one.message)}` : sentence(one.message);
    else rest.push(sentence(own || !one.entry ? one.message : `${one.entry}: ${one.message}`));
  }
  return { errors, rest };
}

/** The server speaks of attributes in the notation: without its marks, and as a sentence. */
function sentence(message: string): string {
  const words = message.replace(/^`\w+`:? /, "");
  return words.charAt(0).toUpperCase() + words.slice(1);
}
