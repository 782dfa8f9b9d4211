/** Ctrl K: every place, every new record, the actions of the open record, and search across all apps. */
import {
  appAddress,
  inboxAddress,
  listAddress,
  newAddress,
  recordAddress,
  reportAddress,
} from "../addresses";
import "@mantine/spotlight/styles.css";
import { useDebouncedValue } from "@mantine/hooks";
import { createSpotlight, Spotlight } from "@mantine/spotlight";
import {
  IconArrowRight,
  IconBell,
  IconChartBar,
  IconPlayerPlay,
  IconPlus,
  IconSearch,
} from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useParams } from "@tanstack/react-router";
import { type ReactNode, useEffect, useMemo, useState } from "react";
import { recordQuery, searchQuery } from "../../api/queries";
import type { Meta } from "../../api/types";
import { t } from "../../messages/t";
import { Icon } from "../../ui/Icon";
import { can, expandOf, findByPath, findObject, pagesOf, useMeta } from "../meta";
import { fittingActions } from "../record/fitting";

const [store, spotlight] = createSpotlight();
const SHOWN = 6;

/** Marks the first command as the one that Enter runs, in the way Spotlight marks them. */
function selectFirst(): void {
  const state = store.getState();
  const list = document.getElementById(state.listId);
  list?.querySelector("[data-selected]")?.removeAttribute("data-selected");
  list?.querySelector("[data-action]")?.setAttribute("data-selected", "true");
  store.setState({ ...state, selected: 0 });
}

interface Command {
  id: string;
  label: string;
  about?: string;
  icon: ReactNode;
  run: () => void;
}

function placesOf(meta: Meta, go: (path: string) => void): Command[] {
  const inbox = {
    id: "inbox",
    label: t("inbox"),
    icon: <IconBell size={18} stroke={1.6} aria-hidden />,
    run: () => go(inboxAddress),
  };
  const places = meta.apps.flatMap((app) => [
    {
      id: `app:${app.name}`,
      label: app.label,
      icon: <Icon name={app.icon} />,
      run: () => go(appAddress(app.name)),
    },
    ...pagesOf(app).map((object) => ({
      id: `list:${object.path}`,
      label: object.plural,
      about: app.label,
      icon: <Icon name={object.icon} />,
      run: () => go(listAddress(object.path)),
    })),
    ...app.reports.map((report) => ({
      id: `report:${app.name}/${report.name}`,
      label: report.label,
      about: app.label,
      icon: <IconChartBar size={18} stroke={1.6} aria-hidden />,
      run: () => go(reportAddress(app.name, report.name)),
    })),
  ]);
  return [inbox, ...places];
}

function newsOf(meta: Meta, go: (path: string) => void): Command[] {
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

/** Actions of the record that is open, if one is. */
function useRecordCommands(meta: Meta): Command[] {
  const { app, objects, id } = useParams({ strict: false });
  const object = findByPath(meta, `${app}/${objects}`)?.object;
  const open = object && id && id !== "new";
  const record = useQuery({
    ...recordQuery(object?.path ?? "", id ?? "", object ? expandOf(object) : ""),
    enabled: Boolean(open),
  });
  if (!open || !record.data) return [];
  return fittingActions(object, record.data).map((action) => ({
    id: `action:${action.name}`,
    label: action.label,
    about: object.label,
    icon: <IconPlayerPlay size={18} stroke={1.6} aria-hidden />,
    run: () => window.dispatchEvent(new CustomEvent("nexus:action", { detail: action.name })),
  }));
}

function matching(commands: Command[], q: string): Command[] {
  const words = q.toLowerCase().split(/\s+/).filter(Boolean);
  return commands.filter((command) => {
    const text = `${command.label} ${command.about ?? ""}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

/** Opens whenever `request` grows. */
export function Palette({ request }: { request: number }) {
  const meta = useMeta();
  const navigate = useNavigate();
  const [q, setQ] = useState("");
  const [searched] = useDebouncedValue(q.trim(), 200);
  const hits = useQuery(searchQuery(searched));
  const [places, news] = useMemo(() => {
    const go = (path: string) => void navigate({ to: path });
    return [placesOf(meta, go), newsOf(meta, go)];
  }, [meta, navigate]);
  const onRecord = useRecordCommands(meta);
  useEffect(() => {
    if (request > 0) spotlight.open();
  }, [request]);

  const found: Command[] = (q.trim().length > 1 ? (hits.data?.data ?? []) : []).map((hit) => {
    const object = findObject(meta, `${hit.app}.${hit.object}`);
    return {
      id: `hit:${hit.id}`,
      label: hit.title,
      about: [object?.label, hit.subtitle].filter(Boolean).join(" · "),
      icon: <Icon name={object?.icon} />,
      run: () => object && void navigate({ to: recordAddress(object.path, hit.id) }),
    };
  });
  const groups: [string, Command[]][] = [
    [t("palette.actions"), matching(onRecord, q).slice(0, SHOWN)],
    [t("palette.records"), found.slice(0, SHOWN)],
    [t("palette.go"), matching(places, q).slice(0, q ? SHOWN : 8)],
    [t("palette.new"), matching(news, q).slice(0, q ? SHOWN : 4)],
  ];
  // Enter runs the first match, also when it arrives after the words were typed.
  const shown = groups.flatMap(([, commands]) => commands.map((command) => command.id)).join();
  useEffect(() => {
    if (q && shown) selectFirst();
  }, [q, shown]);
  const none = groups.every(([, commands]) => commands.length === 0);
  return (
    <Spotlight.Root
      store={store}
      query={q}
      onQueryChange={setQ}
      clearQueryOnClose
      shortcut={null}
      scrollable
      maxHeight={420}
      overlayProps={{ blur: 0 }}
      aria-label={t("palette")}
      transitionProps={{ duration: 120, transition: "pop" }}
    >
      <Spotlight.Search
        placeholder={t("palette.placeholder")}
        aria-label={t("palette.placeholder")}
        leftSection={<IconSearch size={18} stroke={1.6} />}
      />
      <Spotlight.ActionsList>
        {groups.map(
          ([label, commands]) =>
            commands.length > 0 && (
              <Spotlight.ActionsGroup key={label} label={label}>
                {commands.map((command) => (
                  <Spotlight.Action
                    key={command.id}
                    label={command.label}
                    description={command.about}
                    leftSection={command.icon}
                    rightSection={<IconArrowRight size={14} aria-hidden opacity={0.4} />}
                    onClick={command.run}
                  />
                ))}
              </Spotlight.ActionsGroup>
            ),
        )}
        {none && <Spotlight.Empty>{hits.isFetching ? t("loading") : t("palette.none")}</Spotlight.Empty>}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  );
}
