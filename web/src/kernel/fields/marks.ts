/** Puts the marks of Markdown around what is selected, or takes them away again. */

export type Mark = "bold" | "italic" | "code" | "link" | "list" | "numbers" | "tasks" | "quote";

export interface Marked {
  text: string;
  /** What is selected afterwards. */
  start: number;
  end: number;
}

const AROUND: Partial<Record<Mark, string>> = { bold: "**", italic: "_", code: "`" };
const BEFORE: Partial<Record<Mark, (line: number) => string>> = {
  list: () => "- ",
  numbers: (line) => `${line + 1}. `,
  tasks: () => "- [ ] ",
  quote: () => "> ",
};
const LINE_MARK = /^(- \[[ x]\] |[-*] |\d+\. |> )/;

export function marked(text: string, start: number, end: number, mark: Mark): Marked {
  const around = AROUND[mark];
  if (around) return surrounded(text, start, end, around);
  if (mark === "link") {
    const words = text.slice(start, end);
    const link = `[${words}](https://)`;
    const caret = start + link.length - 1;
    return { text: text.slice(0, start) + link + text.slice(end), start: caret, end: caret };
  }
  return prefixed(text, start, end, BEFORE[mark] ?? (() => ""));
}

function surrounded(text: string, start: number, end: number, mark: string): Marked {
  const size = mark.length;
  const inside = text.slice(start - size, start) === mark && text.slice(end, end + size) === mark;
  if (inside) {
    return {
      text: text.slice(0, start - size) + text.slice(start, end) + text.slice(end + size),
      start: start - size,
      end: end - size,
    };
  }
  return {
    text: text.slice(0, start) + mark + text.slice(start, end) + mark + text.slice(end),
    start: start + size,
    end: end + size,
  };
}

/** Marks each line that the selection touches; a second time takes the marks away. */
function prefixed(text: string, start: number, end: number, mark: (line: number) => string): Marked {
  const from = text.lastIndexOf("\n", start - 1) + 1;
  const next = text.indexOf("\n", end);
  const to = next === -1 ? text.length : next;
  const lines = text.slice(from, to).split("\n");
  const has = lines.every((line, at) => line.startsWith(mark(at)));
  const changed = lines
    .map((line, at) => (has ? line.slice(mark(at).length) : mark(at) + line.replace(LINE_MARK, "")))
    .join("\n");
  return { text: text.slice(0, from) + changed + text.slice(to), start: from, end: from + changed.length };
}
