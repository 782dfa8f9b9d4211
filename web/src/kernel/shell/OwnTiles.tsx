/** The tiles of a dashboard that somebody keeps, as its own page has them. */
import { useQuery } from "@tanstack/react-query";
import { recordQuery } from "../../api/queries";
import type { MetaObject } from "../../api/types";
import { expandOf } from "../meta";
import { Dashboard } from "../report/Dashboard";
import { tilesOf } from "../report/tiles";

export function OwnTiles({ object, id }: { object: MetaObject; id: string }) {
  const record = useQuery(recordQuery(object.path, id, expandOf(object)));
  return record.data ? <Dashboard tiles={tilesOf(record.data)} /> : null;
}
