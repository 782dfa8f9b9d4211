/** A snippet of the search as texts, of which some were found: the HTML is read and never put into the page. */

export interface Part {
  text: string;
  found: boolean;
}

export function partsOf(snippet: string | null): Part[] {
  if (!snippet) return [];
  const { body } = new DOMParser().parseFromString(snippet, "text/html");
  return [...body.childNodes].map((node) => ({
    text: node.textContent ?? "",
    found: node.nodeName === "MARK",
  }));
}
