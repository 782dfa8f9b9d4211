/** How wide the columns of child rows are: figures are never cut, words share what is left. */
import type { Json, JsonObject, MetaField } from "../../api/types";
import { amountOf, formatAmount } from "../../ui/format";
import { isNumeric } from "../meta";

const LETTER_PX = 8;
const PADDING_PX = 18;
const FIRST_PX = 140;
const WORDS_PX = 140;
/** Text that is longer than this shares the room that is left. */
const SHORT = 16;

export const REMOVE_PX = 40;

export interface Width {
  /** The least that the column needs. */
  px: number;
  grows: boolean;
}

function lettersOf(value: Json | undefined, currency: string | null): number {
  const amount = amountOf(value);
  if (!amount) return 0;
  const code = amount.currency && amount.currency !== currency ? amount.currency.length : 0;
  return formatAmount(amount).length + code;
}

function leastOf(field: MetaField): number {
  switch (field.type) {
    case "address":
      return 360;
    case "link":
      return 128;
    case "links":
      return 140;
    case "date":
    case "choice":
      return 116;
    case "money":
      return 104;
    default:
      return isNumeric(field) ? 80 : 72;
  }
}

function widthOf(field: MetaField, rows: JsonObject[], currency: string | null): Width {
  const heading = field.label.length * 7 + (field.required ? 10 : 0);
  const longest = (lengthOf: (value: Json | undefined) => number) =>
    Math.max(0, ...rows.map((row) => lengthOf(row[field.name])));
  const least = Math.max(leastOf(field), heading + PADDING_PX);
  if (isNumeric(field)) {
    const figures = longest((value) =>
      field.type === "money" ? lettersOf(value, currency) : String(value ?? "").length,
    );
    return { px: Math.max(least, figures * LETTER_PX + PADDING_PX), grows: false };
  }
  if (field.type === "address") return { px: least, grows: true };
  if (field.type !== "text" && field.type !== "long_text") return { px: least, grows: false };
  const text = longest((value) => String(value ?? "").length);
  if (text > SHORT) return { px: WORDS_PX, grows: true };
  return { px: Math.max(least, text * LETTER_PX + PADDING_PX), grows: false };
}

/** The widths of `columns` over these rows; the first one names the row and grows. */
export function widthsOf(columns: MetaField[], rows: JsonObject[], currency: string | null): Width[] {
  return columns.map((column, at) => {
    const width = widthOf(column, rows, currency);
    if (at > 0 || isNumeric(column) || column.type === "choice") return width;
    return { px: Math.max(FIRST_PX, width.px), grows: true };
  });
}
