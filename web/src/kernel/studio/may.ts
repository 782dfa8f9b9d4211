/** Who may customise, and where: what menus need to know before the Studio is loaded. */
import type { Meta, MetaObject } from "../../api/types";
import { can, findObject, fullNameOf } from "../meta";

export const studioAddress = "/studio";

/** Where an object is customised. */
export const customiseAddress = (object: MetaObject): string =>
  `${studioAddress}/${fullNameOf(object).replace(".", "/")}`;

export const mayCustomise = (meta: Meta): boolean => {
  const manifest = findObject(meta, "core.manifest");
  return manifest !== undefined && can(manifest, "create") && can(manifest, "update");
};
