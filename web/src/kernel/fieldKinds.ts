/** Which types of field are alike. */
import type { FieldType } from "../api/types";

const setOf = (...types: FieldType[]): ReadonlySet<string> => new Set(types);

export const NUMERIC = setOf(
  "integer",
  "decimal",
  "money",
  "quantity",
  "rate",
  "percent",
  "duration",
  "rating",
);

export const TEXTUAL = setOf(
  "text",
  "long_text",
  "rich_text",
  "markdown",
  "code",
  "colour",
  "barcode",
  "email",
  "phone",
  "url",
  "person_name",
  "sequence",
);
