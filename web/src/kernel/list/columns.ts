/** Which fields a list shows, and how wide. */
import type { MetaField, MetaObject, MetaView } from "../../api/types";
import { fieldOf } from "../meta";

const HIDDEN = new Set(["table", "json", "secret", "rich_text"]);
const MOST = 8;

/** The columns of a view, or the title and the fields marked for lists. The first one opens the record. */
export function columnsOf(object: MetaObject, view: MetaView): MetaField[] {
  const named = view.columns
    ?.map((name) => fieldOf(object, name))
    .filter((field): field is MetaField => field !== undefined);
  const listed = object.fields.filter((field) => field.in_list && !HIDDEN.has(field.type)).slice(0, MOST);
  if (named && named.length > 0) return named;
  const title = fieldOf(object, object.title);
  return title ? [title, ...listed.filter((field) => field.name !== title.name)] : listed;
}

const LETTER_PX = 7;
const HEAD_PX = 34;

/** Width in pixels, enough for the heading; the first column takes what is left. */
export function widthOf(field: MetaField): number {
  return Math.max(contentWidth(field), Math.min(field.label.length * LETTER_PX + HEAD_PX, 168));
}

function contentWidth(field: MetaField): number {
  switch (field.type) {
    case "boolean":
    case "integer":
    case "percent":
      return 88;
    case "date":
    case "datetime":
    case "rate":
    case "quantity":
    case "decimal":
      return 108;
    case "choice":
      return 124;
    case "money":
      return 152;
    case "phone":
    case "sequence":
      return 136;
    case "email":
    case "url":
      return 196;
    default:
      return 168;
  }
}
