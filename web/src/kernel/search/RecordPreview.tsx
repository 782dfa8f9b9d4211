/** A record in short, beside what was found: the fields that its list shows. */
import { Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { recordQuery } from "../../api/queries";
import type { MetaObject } from "../../api/types";
import { useDelayed } from "../../ui/useDelayed";
import { explain } from "../changes";
import { Value } from "../fields/Value";
import { columnsOf } from "../list/columns";
import { ALL } from "../list/views";
import { expandOf, titleOf, useMeta } from "../meta";
import { isLate } from "../overdue";
import classes from "./Search.module.css";

export function RecordPreview({ object, id }: { object: MetaObject; id: string }) {
  const currency = useMeta().company?.currency;
  const record = useQuery(recordQuery(object.path, id, expandOf(object)));
  const waiting = useDelayed(record.isPending);
  if (record.isError) return <p className={classes.quiet}>{explain(record.error)}</p>;
  if (!record.data) return waiting ? <Skeleton h={120} /> : null;
  const shown = record.data;
  const [, ...fields] = columnsOf(object, ALL);
  return (
    <>
      <h2 className={classes.previewTitle}>{titleOf(object, shown)}</h2>
      <p className={classes.quiet}>{object.label}</p>
      <dl className={classes.fields}>
        {fields
          .filter(({ name }) => shown[name] !== null && shown[name] !== undefined && shown[name] !== "")
          .map((field) => (
            <div key={field.name}>
              <dt>{field.label}</dt>
              <dd>
                <Value
                  field={field}
                  object={object}
                  value={shown[field.name]}
                  currency={currency}
                  late={isLate(object, field, shown)}
                  relative
                />
              </dd>
            </div>
          ))}
      </dl>
    </>
  );
}
