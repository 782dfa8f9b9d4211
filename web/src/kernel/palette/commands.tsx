/** What can be said to the palette: every place, every new record, every action of an object, and how the page looks. */
import {
  IconBell,
  IconChartBar,
  IconHome,
  IconPlayerPlay,
  IconPlus,
  IconSearch,
  IconTools,
} from "@tabler/icons-react";
import type { ReactNode } from "react";
import type { Meta, MetaAction, MetaObject, RecordData, SearchHit } from "../../api/types";
import { t } from "../../messages/t";
import { Icon } from "../../ui/Icon";
import {
  appAddress,
  inboxAddress,
  listAddress,
  newAddress,
  recordAddress,
  reportAddress,
  searchAddress,
} from "../addresses";
import { can, findObject, pagesOf } from "../meta";
import { fittingActions } from "../record/fitting";
import type { Recent } from "../shell/recents";
import { customiseAddress, mayCustomise, studioAddress } from "../studio/may";
import { rank } from "./rank";

export interface Command {
  id: string;
  label: string;
  about?: string;
  icon: ReactNode;
  run: () => void;
  /** The record that it leads to, for the preview. */
  record?: { object: MetaObject; id: string; snippet?: string | null };
}

export interface Group {
  label: string;
  commands: Command[];
}

type Go = (path: string) => void;
type Run = (object: MetaObject, action: MetaAction) => void;

const TOOLS = <IconTools size={18} stroke={1.6} aria-hidden />;
const CHART = <IconChartBar size={18} stroke={1.6} aria-hidden />;

export function placesOf(meta: Meta, go: Go): Command[] {
  const place = (id: string, label: string, icon: ReactNode, address: string): Command => ({
    id,
    label,
    icon,
    run: () => go(address),
  });
  const own = [
    place("home", t("home"), <IconHome size={18} stroke={1.6} aria-hidden />, "/"),
    place("inbox", t("inbox"), <IconBell size={18} stroke={1.6} aria-hidden />, inboxAddress),
    place("search", t("search"), <IconSearch size={18} stroke={1.6} aria-hidden />, searchAddress),
  ];
  const apps = meta.apps.flatMap((app) => {
    const inside = [
      ...pagesOf(app).map((object) =>
        place(`list:${object.path}`, object.plural, <Icon name={object.icon} />, listAddress(object.path)),
      ),
      ...app.reports.map(({ name, label }) =>
        place(`report:${app.name}/${name}`, label, CHART, reportAddress(app.name, name)),
      ),
    ];
    return [
      place(`app:${app.name}`, app.label, <Icon name={app.icon} />, appAddress(app.name)),
      ...inside.map((one) => ({ ...one, about: app.label })),
    ];
  });
  return [...own, ...apps, ...(mayCustomise(meta) ? studiosOf(meta, place) : [])];
}

/** The Studio, and in it each object by the words "Customise" and its name. */
function studiosOf(
  meta: Meta,
  place: (id: string, label: string, icon: ReactNode, at: string) => Command,
): Command[] {
  const objects = meta.apps.flatMap(pagesOf).map((object) => ({
    ...place(`studio:${object.path}`, t("studio.customise"), TOOLS, customiseAddress(object)),
    about: object.plural,
  }));
  return [place("studio", t("studio"), TOOLS, studioAddress), ...objects];
}

export function newsOf(meta: Meta, go: Go): Command[] {
  return meta.apps.flatMap((app) =>
    pagesOf(app)
      .filter((object) => can(object, "create"))
      .map((object) => ({
        id: `new:${object.path}`,
        label: t("list.new", { name: object.label }),
        about: app.label,
        icon: <IconPlus size={18} stroke={1.6} aria-hidden />,
        run: () => go(newAddress(object.path)),
      })),
  );
}

const actionOf = (object: MetaObject, action: MetaAction, run: Run): Command => ({
  id: `action:${object.path}/${action.name}`,
  label: action.label,
  about: action.on === "record" ? object.label : object.plural,
  icon: <IconPlayerPlay size={18} stroke={1.6} aria-hidden />,
  run: () => run(object, action),
});

/** Actions on no single record. */
export const actionsOf = (meta: Meta, run: Run): Command[] =>
  meta.apps.flatMap(pagesOf).flatMap((object) => {
    const whole = object.actions.filter((action) => action.on !== "record");
    return whole.map((action) => actionOf(object, action, run));
  });

/** Actions of the record that is open; its page runs them. */
export const recordActionsOf = (object: MetaObject, record: RecordData): Command[] =>
  fittingActions(object, record).map((action) =>
    actionOf(object, action, () =>
      window.dispatchEvent(new CustomEvent("nexus:action", { detail: action.name })),
    ),
  );

export function hitsOf(meta: Meta, hits: SearchHit[], go: Go): Command[] {
  return hits.flatMap((hit) => {
    const object = findObject(meta, `${hit.app}.${hit.object}`);
    return object ? [recordOf(object, hit, go, hit.subtitle, hit.snippet)] : [];
  });
}

export function recentsOf(meta: Meta, recents: Recent[], go: Go): Command[] {
  const objects = new Map(meta.apps.flatMap(pagesOf).map((object) => [object.path, object]));
  return recents.flatMap((recent) => {
    const object = objects.get(recent.path);
    return object ? [recordOf(object, recent, go)] : [];
  });
}

function recordOf(
  object: MetaObject,
  { id, title }: { id: string; title: string },
  go: Go,
  subtitle?: string,
  snippet?: string | null,
): Command {
  return {
    id: `record:${id}`,
    label: title,
    about: [object.label, subtitle].filter(Boolean).join(" · "),
    icon: <Icon name={object.icon} />,
    run: () => go(recordAddress(object.path, id)),
    record: { object, id, snippet },
  };
}

/** The best of each group, and the groups by the best that they have. */
export function ranked(groups: Group[], q: string, most: number): (Group & { fit: number })[] {
  const best = groups.map(({ label, commands }) => {
    const fits = commands
      .map((command) => ({ command, fit: rank(command.label, command.about ?? "", q) }))
      .filter(({ fit }) => fit > 0)
      .toSorted((a, b) => b.fit - a.fit)
      .slice(0, most);
    return { label, commands: fits.map(({ command }) => command), fit: fits[0]?.fit ?? 0 };
  });
  return best.filter(({ fit }) => fit > 0).toSorted((a, b) => b.fit - a.fit);
}
