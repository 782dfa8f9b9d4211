/** A message with its values put in. Free of imports, so that it is tested as it stands. */

/** A text, or the forms of one that a language tells apart by the value `count`. */
export type Message = string | ({ other: string } & { [Form in Intl.LDMLPluralRule]?: string });
export type Values = Record<string, string | number>;

/** `{name}` parts become the value of that name; numbers are written as `locale` writes them. */
export function fill(message: Message, values: Values, locale: string): string {
  const text = typeof message === "string" ? message : formOf(message, values.count, locale);
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name];
    return typeof value === "number" ? value.toLocaleString(locale) : (value ?? whole);
  });
}

function formOf(forms: Exclude<Message, string>, count: string | number | undefined, locale: string): string {
  if (typeof count !== "number") return forms.other;
  return forms[new Intl.PluralRules(locale).select(count)] ?? forms.other;
}
