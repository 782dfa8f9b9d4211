/** From what people call a thing to its name in a manifest, and back. The rules are the server's. */

/** What names begin with that are added to an app's object. */
export const PREFIX = "x_";
/** The app of what a company has of its own. */
export const OWN_APP = "custom";
const MOST = 48;

export const isOwn = (object: string): boolean => object.startsWith(`${OWN_APP}.`);

/** `Région du client` → `region_du_client`; what no letter of the alphabet is left of is called `otherwise`. */
export function nameOf(label: string, otherwise: string): string {
  const plain = label.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const words = plain.replace(/[^a-z0-9]+/g, "_").replace(/^[_0-9]+/, "");
  return words.slice(0, MOST).replace(/_+$/, "") || otherwise;
}

/** A name that nothing of `taken` has, with the prefix that an app's object asks for. */
export function freeName(label: string, otherwise: string, taken: string[], prefix = ""): string {
  const base = `${prefix}${nameOf(label, otherwise)}`.slice(0, MOST).replace(/_+$/, "");
  if (!taken.includes(base)) return base;
  const cut = base.slice(0, MOST - 3).replace(/_+$/, "");
  let count = 2;
  while (taken.includes(`${cut}_${count}`)) count += 1;
  return `${cut}_${count}`;
}

/** `x_home_region` → `Home region`, as the server labels what has no label. */
export function labelOf(name: string): string {
  const words = name.replace(/^x_/, "").replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}
