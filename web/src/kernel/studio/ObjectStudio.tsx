/** One object in the Studio: its parts as tabs, the open one in the address. */
import { Button, Skeleton, Tabs } from "@mantine/core";
import { IconExternalLink } from "@tabler/icons-react";
import { Link, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { Suspense } from "react";
import type { JsonObject, MetaObject } from "../../api/types";
import { t } from "../../messages/t";
import type { Search } from "../../router";
import { EmptyState } from "../../ui/EmptyState";
import { PageHeader } from "../../ui/PageHeader";
import { listAddress } from "../addresses";
import { explain } from "../changes";
import { findObject, useMeta } from "../meta";
import { AccessPart } from "./AccessPart";
import { FieldsPart } from "./FieldsPart";
import { LayoutPart } from "./LayoutPart";
import { entriesOf, ownOf } from "./manifests";
import { mayCustomise, studioAddress } from "./may";
import { isOwn } from "./names";
import { OwnMenu } from "./OwnMenu";
import { useOwn } from "./own";
import { RulesPart } from "./RulesPart";
import { StatesPart } from "./StatesPart";
import classes from "./Studio.module.css";
import { ViewsPart } from "./ViewsPart";

const PARTS = {
  fields: FieldsPart,
  states: StatesPart,
  layout: LayoutPart,
  views: ViewsPart,
  rules: RulesPart,
  access: AccessPart,
};
type Part = keyof typeof PARTS;

const partOf = (text: string | undefined): Part => (text && text in PARTS ? (text as Part) : "fields");

export interface PartProps {
  object: MetaObject;
  /** What the company has declared of it. */
  own: JsonObject;
  /** The entry that is open, as the address has it. */
  asked: string | null;
  onAsk: (entry: string | null) => void;
}

export function ObjectStudio() {
  const meta = useMeta();
  const navigate = useNavigate();
  const { of = "", object: named = "" } = useParams({ strict: false });
  const search: Search = useSearch({ strict: false });
  const owns = useOwn();
  const full = `${of}.${named}`;
  const object = findObject(meta, full);
  const app = meta.apps.find((one) => one.name === of);
  if (!mayCustomise(meta)) return <EmptyState page title={t("studio.not")} text={t("studio.not.text")} />;
  if (!object || !app) return <EmptyState page title={t("studio.unknown", { name: full })} />;
  const declared = ownOf(owns.data, full);
  const part = partOf(search.part);
  const Shown = PARTS[part];
  const go = (next: Search) => void navigate({ to: ".", search: next });
  return (
    <div className={classes.page}>
      <PageHeader
        crumbs={[{ label: t("studio"), href: studioAddress }]}
        title={object.label}
        aside={<span className="quiet">{app.label}</span>}
      >
        {!object.child && (
          <Button
            component={Link}
            to={listAddress(object.path)}
            variant="default"
            rightSection={<IconExternalLink size={16} stroke={1.6} aria-hidden />}
          >
            {t("studio.open", { names: object.plural })}
          </Button>
        )}
        {declared && isOwn(full) && <OwnMenu object={object} own={declared} />}
      </PageHeader>
      <Tabs
        value={part}
        onChange={(next) => next && go({ part: next })}
        keepMounted={false}
        className={classes.tabs}
        classNames={{ list: classes.tabList, panel: classes.body }}
      >
        <Tabs.List>
          {(Object.keys(PARTS) as Part[]).map((one) => (
            <Tabs.Tab key={one} value={one}>
              {t(`studio.part.${one}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value={part}>
          {owns.isPending && <Skeleton h={160} aria-label={t("loading")} />}
          {owns.isError && (
            <EmptyState title={t("studio.failed")} text={explain(owns.error)}>
              <Button variant="default" onClick={() => void owns.refetch()}>
                {t("retry")}
              </Button>
            </EmptyState>
          )}
          {owns.data && (
            <Suspense>
              <Shown
                // What was arranged of one object is not another's.
                key={full}
                object={object}
                own={entriesOf(owns.data, full)}
                asked={search.entry ?? null}
                onAsk={(entry) => go({ part, ...(entry && { entry }) })}
              />
            </Suspense>
          )}
        </Tabs.Panel>
      </Tabs>
    </div>
  );
}
