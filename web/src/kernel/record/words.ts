/** Server messages as sentences: "is required" needs the name of its field, the others stand alone. */

const PREDICATE =
  /^(is|are|has|have|must|may|can|cannot|needs?|takes?|does|was|will|stands?|leads?|belongs?)\b/;

export function sentence(label: string, message: string): string {
  if (PREDICATE.test(message)) return `${label} ${message}`;
  return message.charAt(0).toUpperCase() + message.slice(1);
}
