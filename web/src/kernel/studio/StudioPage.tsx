/** What the company has of its own, and every object that it may add to. */
import { ActionIcon, Button, Menu, Skeleton, TextInput } from "@mantine/core";
import {
  IconDots,
  IconDownload,
  IconPencil,
  IconPlus,
  IconSearch,
  IconTrash,
  IconUpload,
} from "@tabler/icons-react";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import type { MetaApp, MetaObject } from "../../api/types";
import { t } from "../../messages/t";
import type { Search } from "../../router";
import { EmptyState } from "../../ui/EmptyState";
import { Icon } from "../../ui/Icon";
import { PageHeader } from "../../ui/PageHeader";
import { reportAddress } from "../addresses";
import { explain } from "../changes";
import { fullNameOf, useMeta } from "../meta";
import { ExportDialog } from "./ExportDialog";
import { ImportDialog } from "./ImportDialog";
import { entriesOf, type Own } from "./manifests";
import { customiseAddress, mayCustomise } from "./may";
import { NewObjectDialog } from "./NewObjectDialog";
import { labelOf, OWN_APP } from "./names";
import { useOwn } from "./own";
import { RoleDialog } from "./RoleDialog";
import classes from "./Studio.module.css";
import { StudioDialog } from "./StudioDialog";
import { countsOf, table } from "./sets";

export function StudioPage() {
  const meta = useMeta();
  const navigate = useNavigate();
  const search: Search = useSearch({ strict: false });
  const owns = useOwn();
  const ask = (open: string | null) => void navigate({ to: ".", search: open ? { ...search, open } : {} });
  const close = () => ask(null);
  if (!mayCustomise(meta)) return <EmptyState page title={t("studio.not")} text={t("studio.not.text")} />;
  const found = owns.data ?? [];
  const words = (search.q ?? "").toLowerCase();
  const fits = (object: MetaObject) =>
    [object.label, object.plural].some((one) => one.toLowerCase().includes(words));
  const own = meta.apps.filter((app) => app.name === OWN_APP);
  const apps = [...own, ...meta.apps.filter((app) => app.name !== OWN_APP)];
  return (
    <div className={classes.page}>
      <PageHeader crumbs={[]} title={t("studio")}>
        <Menu>
          <Menu.Target>
            <ActionIcon variant="default" aria-label={t("studio.menu")}>
              <IconDots size={18} stroke={1.6} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item
              leftSection={<IconDownload size={16} stroke={1.6} />}
              disabled={found.length === 0}
              onClick={() => ask("export")}
            >
              {t("studio.export")}
            </Menu.Item>
            <Menu.Item leftSection={<IconUpload size={16} stroke={1.6} />} onClick={() => ask("import")}>
              {t("studio.import")}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
        <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => ask("object")}>
          {t("studio.object.new")}
        </Button>
      </PageHeader>
      <div className={classes.body}>
        <p className="quiet">{t("studio.about")}</p>
        <TextInput
          type="search"
          aria-label={t("studio.find")}
          placeholder={t("studio.find")}
          leftSection={<IconSearch size={16} stroke={1.6} aria-hidden />}
          className={classes.find}
          value={search.q ?? ""}
          onChange={(event) =>
            void navigate({ to: ".", replace: true, search: { ...search, q: event.currentTarget.value } })
          }
        />
        {owns.isPending && <Skeleton h={120} aria-label={t("loading")} />}
        {owns.isError && <EmptyState title={t("studio.failed")} text={explain(owns.error)} />}
        {!words && owns.data && <Roles owns={found} asked={search.open ?? ""} onAsk={ask} />}
        {apps.map((app) => (
          <AppObjects key={app.name} app={app} owns={found} objects={app.objects.filter(fits)} />
        ))}
      </div>
      {search.open === "object" && <NewObjectDialog onClose={close} />}
      {search.open === "export" && owns.data && found.length > 0 && (
        <ExportDialog owns={found} onClose={close} />
      )}
      {search.open === "import" && owns.data && <ImportDialog owns={found} onClose={close} />}
    </div>
  );
}

interface AppProps {
  app: MetaApp;
  owns: Own[];
  objects: MetaObject[];
}

function AppObjects({ app, owns, objects }: AppProps) {
  const own = app.name === OWN_APP;
  if (objects.length === 0) return null;
  return (
    <section aria-label={own ? t("studio.own") : app.label}>
      <h2 className={classes.heading}>{own ? t("studio.own") : app.label}</h2>
      <ul className={classes.cards}>
        {objects.map((object) => (
          <li key={object.path}>
            <Link to={customiseAddress(object)} className={classes.card}>
              <Icon name={object.icon} />
              <span className="truncate">
                {object.label} <span className="quiet">{ofWhat(app, object)}</span>
              </span>
              <span className={`quiet truncate ${classes.counts}`}>{countWords(owns, object)}</span>
            </Link>
          </li>
        ))}
      </ul>
      {own && app.reports.length > 0 && (
        <ul className={classes.plain} aria-label={t("studio.reports")}>
          {app.reports.map((report) => (
            <li key={report.name}>
              <Link to={reportAddress(app.name, report.name)}>{report.label}</Link>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

/** Rows say of what they are: many objects have lines. */
function ofWhat(app: MetaApp, object: MetaObject): string {
  const holds = (other: MetaObject) =>
    other.fields.some((field) => field.type === "table" && field.to === fullNameOf(object));
  const parent = object.child && app.objects.find(holds);
  return parent ? t("studio.of", { name: parent.label }) : "";
}

/** "2 fields, 1 state": what is declared of an object. */
const countWords = (owns: Own[], object: MetaObject): string =>
  countsOf(entriesOf(owns, fullNameOf(object)))
    .map(([kind, count]) => t(`studio.count.${kind}`, { count }))
    .join(", ");

interface RolesProps {
  owns: Own[];
  asked: string;
  onAsk: (open: string | null) => void;
}

const ROLE = "role.";

function Roles({ owns, asked, onAsk }: RolesProps) {
  const [taking, setTaking] = useState<string | null>(null);
  const roles = Object.entries(table(entriesOf(owns, OWN_APP).roles));
  const named = asked.startsWith(ROLE) ? asked.slice(ROLE.length) : null;
  return (
    <section aria-label={t("studio.roles")}>
      <div className={classes.partHead}>
        <h2 className={classes.heading}>{t("studio.roles")}</h2>
        <Button
          variant="default"
          size="xs"
          leftSection={<IconPlus size={14} aria-hidden />}
          onClick={() => onAsk("role")}
        >
          {t("studio.role.add")}
        </Button>
      </div>
      {roles.length === 0 && <p className="quiet">{t("studio.roles.none")}</p>}
      <ul className={classes.rows}>
        {roles.map(([name, role]) => (
          <li key={name} className={classes.state}>
            <strong className={classes.stateName}>{labelOf(name)}</strong>
            <span className={`quiet truncate ${classes.ways}`}>{String(table(role).about)}</span>
            <span className={classes.tools}>
              <ActionIcon
                aria-label={t("studio.edit", { name: labelOf(name) })}
                onClick={() => onAsk(ROLE + name)}
              >
                <IconPencil size={16} stroke={1.6} />
              </ActionIcon>
              <ActionIcon
                aria-label={t("studio.take", { name: labelOf(name) })}
                onClick={() => setTaking(name)}
              >
                <IconTrash size={16} stroke={1.6} />
              </ActionIcon>
            </span>
          </li>
        ))}
      </ul>
      {(asked === "role" || named) && <RoleDialog name={named ?? undefined} onClose={() => onAsk(null)} />}
      {taking && (
        <StudioDialog
          title={t("studio.take", { name: labelOf(taking) })}
          change={{ object: OWN_APP, set: { [`roles.${taking}`]: null } }}
          submit={t("studio.take.do")}
          done={t("studio.taken", { name: labelOf(taking) })}
          danger
          onClose={() => setTaking(null)}
        />
      )}
    </section>
  );
}
