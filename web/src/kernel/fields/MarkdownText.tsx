/** Markdown as people read it. No HTML of the text is taken over, and no picture is fetched from elsewhere. */
import { Suspense } from "react";
import { lazily } from "../../ui/lazily";

const Rendered = lazily(() => import("./Markdown").then((it) => it.Markdown), { ahead: false });

export function MarkdownText({ text, mentions }: { text: string; mentions?: string[] }) {
  return (
    <Suspense fallback={<span style={{ whiteSpace: "pre-wrap" }}>{text}</span>}>
      <Rendered text={text} mentions={mentions} />
    </Suspense>
  );
}

/** The words of a text without its marks, for a line in a list. */
export const withoutMarks = (text: string): string =>
  text
    .replace(/```[\s\S]*?```|!\[[^\]]*\]\([^)]*\)/g, " ")
    .replace(/\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replace(/^\s*(#{1,6}|[-*+>]|\d+\.)\s+/gm, "")
    .replace(/[*_`~]{1,3}(\S(?:.*?\S)?)[*_`~]{1,3}/g, "$1")
    .replace(/\s+/g, " ")
    .trim();
