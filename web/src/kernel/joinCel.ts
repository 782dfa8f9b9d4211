/** Conditions joined to one; each that could fall apart keeps its brackets. */
export function joinCel(parts: (string | undefined)[]): string | undefined {
  const given = parts.filter((part): part is string => Boolean(part?.trim()));
  if (given.length < 2) return given[0];
  return given.map((part) => (/\|\||\?/.test(part) ? `(${part})` : part)).join(" && ");
}
