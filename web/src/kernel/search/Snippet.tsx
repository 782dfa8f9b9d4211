/** Where the words stand, marked. */
import { partsOf } from "./marked";

export function Snippet({ html }: { html: string | null }) {
  return partsOf(html).map(({ text, found }, at) =>
    // biome-ignore lint/suspicious/noArrayIndexKey: parts of one text keep their places
    found ? <mark key={at}>{text}</mark> : text,
  );
}
