/** An app's address leads to its first list, or to its first report. */

import { Navigate, useParams } from "@tanstack/react-router";
import { listAddress, reportAddress } from "../addresses";
import { pagesOf, useMeta } from "../meta";
import { NotFound } from "./Failure";

export function AppHome() {
  const { app: name } = useParams({ strict: false });
  const app = useMeta().apps.find((candidate) => candidate.name === name);
  const first = app && pagesOf(app)[0];
  if (first) return <Navigate to={listAddress(first.path)} replace />;
  const report = app?.reports[0];
  if (app && report) return <Navigate to={reportAddress(app.name, report.name)} replace />;
  return <NotFound />;
}
