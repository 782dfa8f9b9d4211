/** How hard a password is to guess, roughly. Free of imports, so that it is tested as it stands. */

/** The fewest characters that the server takes. */
export const PASSWORD_LEAST = 10;

export const STRENGTHS = ["short", "weak", "fair", "strong"] as const;
export type Strength = (typeof STRENGTHS)[number];

/** Characters that are worth something beside the `known` words, and how many of them are different. */
const FAIR = { length: 8, different: 6 };
const STRONG = { length: 16, different: 9 };
const KNOWN_LEAST = 3;

/** `known` are words that others know of whoever chooses it: name, company, address. */
export function strengthOf(password: string, known: string[] = []): Strength {
  if ([...password].length < PASSWORD_LEAST) return "short";
  const words = known.flatMap((text) => text.toLowerCase().split(/[\s@.]+/));
  const secret = words
    .filter((word) => word.length >= KNOWN_LEAST)
    .reduce((rest, word) => rest.replaceAll(word, ""), password.toLowerCase());
  const length = [...secret].length;
  const different = new Set(secret).size;
  if (length >= STRONG.length && different >= STRONG.different) return "strong";
  return length >= FAIR.length && different >= FAIR.different ? "fair" : "weak";
}
