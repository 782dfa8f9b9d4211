/** Renders Markdown; fetched with the first text that has some. */
import type { ElementContent, Root, RootContent } from "hast";
import ReactMarkdown, { type Components } from "react-markdown";
import remarkBreaks from "remark-breaks";
import remarkGfm from "remark-gfm";
import classes from "./Markdown.module.css";

const components: Components = {
  // A text does not leave the page under the reader, and tells nobody where it was read.
  a: ({ href, children }) => (
    <a href={href} target="_blank" rel="noreferrer noopener">
      {children}
    </a>
  ),
  // A picture of another server is a link to it.
  img: ({ src, alt }) => (
    <a href={String(src ?? "")} target="_blank" rel="noreferrer noopener">
      {alt || String(src ?? "")}
    </a>
  ),
};

/** Marks the names of those whom the text mentions. */
function markMentions(names: string[]) {
  const words = names.map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  const found = new RegExp(`(@(?:${words.join("|")}))(?![\\p{L}\\p{N}])`, "giu");
  const marked = (text: string): ElementContent[] =>
    text.split(found).map((part, at) => {
      const words = { type: "text" as const, value: part };
      if (at % 2 === 0) return words;
      return { type: "element", tagName: "mark", properties: {}, children: [words] };
    });
  const walk = (children: RootContent[]): RootContent[] =>
    children.flatMap((child): RootContent[] => {
      if (child.type === "text") return marked(child.value);
      if (child.type === "element" && child.tagName !== "code" && child.tagName !== "a") {
        child.children = walk(child.children) as ElementContent[];
      }
      return [child];
    });
  return () => (tree: Root) => {
    tree.children = walk(tree.children);
  };
}

export function Markdown({ text, mentions = [] }: { text: string; mentions?: string[] }) {
  return (
    <div className={classes.text}>
      <ReactMarkdown
        components={components}
        remarkPlugins={[remarkGfm, remarkBreaks]}
        rehypePlugins={mentions.length > 0 ? [markMentions(mentions)] : []}
      >
        {text}
      </ReactMarkdown>
    </div>
  );
}
