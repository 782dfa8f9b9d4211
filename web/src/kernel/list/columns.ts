/** Which fields a list shows, and how wide. */
import type { Json, MetaField, MetaObject, RecordData } from "../../api/types";
import { amountOf, formatAmount } from "../../ui/format";
import { fieldOf } from "../meta";
import type { ListView } from "./views";

const HIDDEN = new Set(["table", "json", "secret", "rich_text", "markdown", "code", "geo"]);
const MOST = 8;

/** Whether a cell can show what the field holds. */
export const isListable = (field: MetaField): boolean =>
  !HIDDEN.has(field.type) && field.type !== "id" && field.name !== "version";

/** The columns of a view, or the title and the fields marked for lists. The first one opens the record. */
export function columnsOf(object: MetaObject, view: ListView): MetaField[] {
  const names = view.kind === "table" ? view.columns : [];
  const named = names
    .map((name) => fieldOf(object, name))
    .filter((field): field is MetaField => field !== undefined);
  const listed = object.fields.filter((field) => field.in_list && isListable(field)).slice(0, MOST);
  if (named.length > 0) return named;
  const title = fieldOf(object, object.title);
  return title ? [title, ...listed.filter((field) => field.name !== title.name)] : listed;
}

export interface Column {
  /** The least that it needs, heading included. */
  px: number;
  /** It shares the room that is left. */
  grows: boolean;
}

const LETTER_PX = 6.5;
const HEAD_PX = 32;
const CELL_PX = 24;
/** A state stands in a pill with a dot. */
const BADGE_PX = 32;
/** Before the first and after the last column. */
const EDGE_PX = 16;
/** Words no longer than this, in every row that is here, need no more room than they take. */
const SHORT = 20;
const SHORT_TITLE = 12;
const WORDS = new Set(["text", "person_name", "link", "email"]);
const GROWING = new Set([...WORDS, "long_text", "links", "tags", "choices", "url"]);

/** A value as the words that a cell shows. */
export type WordsOf = (field: MetaField, value: Json | undefined) => string;

/** An amount with its currency, which is written smaller. */
function lettersOf(value: Json | undefined): number {
  const amount = amountOf(value);
  return amount ? formatAmount(amount).length + (amount.currency?.length ?? 0) : 0;
}

function widthOf(field: MetaField, rows: RecordData[], wordsOf: WordsOf, short: number): Column {
  const head = Math.min(field.label.length * LETTER_PX + HEAD_PX, 168);
  const px = (least: number) => Math.max(least, head);
  switch (field.type) {
    case "boolean":
    case "integer":
    case "percent":
      return { px: px(72), grows: false };
    case "date":
    case "datetime":
    case "rate":
    case "quantity":
    case "decimal":
      return { px: px(108), grows: false };
    case "choice": {
      const longest = Math.max(0, ...(field.of ?? []).map((choice) => choice.label.length));
      return { px: px(longest ? Math.min(longest * 8 + CELL_PX, 160) : 124), grows: false };
    }
    case "money": {
      const longest = Math.max(0, ...rows.map((row) => lettersOf(row[field.name])));
      return { px: px(Math.max(104, longest * 8 + CELL_PX)), grows: false };
    }
    case "sequence":
      return { px: px(148), grows: false };
    case "phone":
      return { px: px(156), grows: false };
    case "tags":
    case "choices":
      return { px: px(128), grows: true };
    default: {
      const longest = WORDS.has(field.type)
        ? Math.max(0, ...rows.map((row) => wordsOf(field, row[field.name]).length))
        : 0;
      if (longest > 0 && longest <= short) return { px: px(longest * 8 + CELL_PX), grows: false };
      return { px: px(128), grows: GROWING.has(field.type) };
    }
  }
}

/** The widths of a list. Where nothing grows, the first column does: something must fill the row. */
export function widthsOf(
  object: MetaObject,
  columns: MetaField[],
  rows: RecordData[],
  wordsOf: WordsOf,
): Column[] {
  const widths = columns.map((field, at) => {
    const width = widthOf(field, rows, wordsOf, at === 0 ? SHORT_TITLE : SHORT);
    const edge = at === 0 || at === columns.length - 1 ? EDGE_PX : 0;
    const badge = field.name === object.states?.field ? BADGE_PX : 0;
    return { ...width, px: width.px + edge + badge };
  });
  const none = !widths.some((width) => width.grows);
  return widths.map((width, at) => (none && at === 0 ? { ...width, grows: true } : width));
}
