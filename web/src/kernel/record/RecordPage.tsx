/** The page of one record, or of one that is about to be made. */
import { Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { useState } from "react";
import { Problem } from "../../api/http";
import { recordQuery } from "../../api/queries";
import type { Json, MetaApp, MetaObject, RecordData } from "../../api/types";
import { t } from "../../messages/t";
import { useDelayed } from "../../ui/useDelayed";
import { listAddress } from "../addresses";
import { expandOf, findByPath, useMeta } from "../meta";
import { Failure, NotFound } from "../shell/Failure";
import { pageOf } from "../surfaces";
import { usePageSearch } from "../useSearch";
import { defaultsOf } from "./draft";
import { RecordEditor } from "./RecordEditor";
import classes from "./RecordPage.module.css";

export function RecordPage() {
  const { app, objects, id } = useParams({ strict: false });
  const found = findByPath(useMeta(), `${app}/${objects}`);
  if (!found || found.object.child || !id) return <NotFound />;
  const Own = pageOf(found.object.path);
  if (Own) return <Own key={id} app={found.app} object={found.object} id={id === "new" ? undefined : id} />;
  return id === "new" ? (
    <NewRecord key={found.object.path} app={found.app} object={found.object} />
  ) : (
    <SavedRecord key={id} app={found.app} object={found.object} id={id} />
  );
}

/** A dynamic link in an address is written as JSON. */
function leadOf(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return null;
  }
}

/** A new record may be given values in the address: `?party=…`. */
function NewRecord({ app, object }: { app: MetaApp; object: MetaObject }) {
  const [search] = usePageSearch();
  const [start] = useState(() => {
    const values: RecordData = defaultsOf(object.fields);
    // Conditions over the state hold for a new record too.
    if (object.states) values[object.states.field] = object.states.initial;
    for (const field of object.fields) {
      const given = search[field.name];
      if (given) values[field.name] = field.type === "dynamic_link" ? leadOf(given) : given;
    }
    return values;
  });
  return <RecordEditor app={app} object={object} record={start} />;
}

function SavedRecord({ app, object, id }: { app: MetaApp; object: MetaObject; id: string }) {
  const record = useQuery(recordQuery(object.path, id, expandOf(object)));
  const waiting = useDelayed(record.isPending);
  if (record.data) return <RecordEditor app={app} object={object} record={record.data} id={id} />;
  if (record.error instanceof Problem && record.error.status === 404)
    return <NotFound list={{ href: listAddress(object.path), label: object.plural }} />;
  if (record.isError) return <Failure error={record.error} />;
  if (!waiting) return null;
  return (
    <div className={classes.body} aria-busy="true">
      <span className="sr-only" role="status">
        {t("loading")}
      </span>
      <Skeleton h={28} w={280} mt={28} mb={32} />
      {["a", "b", "c", "d"].map((row) => (
        <Skeleton key={row} h={32} mb={16} maw={640} />
      ))}
    </div>
  );
}
