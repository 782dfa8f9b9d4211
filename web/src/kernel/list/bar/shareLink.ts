/** The address that shows somebody else what one sees. */
import type { ListState } from "../useListState";

/** A view that others have goes by its name and follows its changes; any other look is spelled out. */
export function shareLink({ tab, changed, look }: ListState): string {
  const link = new URL(window.location.href);
  const { saved, view } = tab;
  const given = saved !== null && saved.scope !== "personal";
  if (given && !changed) {
    link.search = `?view=${saved.id}`;
    return link.href;
  }
  if (saved && !given) {
    link.searchParams.set("view", view.name);
    for (const [name, value] of Object.entries(look)) {
      if (value) link.searchParams.set(name, value);
      else link.searchParams.delete(name);
    }
  }
  return link.href;
}
