/** Says above a record what of it waits for approval, and for whom. */
import { Alert } from "@mantine/core";
import { IconHourglass } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { t } from "../../messages/t";
import { recordAddress } from "../addresses";
import { Moment } from "../fields/Moment";
import { findObject, titleOf, useMeta } from "../meta";
import { APPROVALS, whoDecides } from "../waiting";
import { aboutQuery } from "./hanging";

export function Waiting({ id }: { id: string }) {
  const object = findObject(useMeta(), "core.approval");
  const waiting = useQuery({
    ...aboutQuery(APPROVALS, "target", id, { filter: "state == 'asked'", sort: "-created_at" }),
    enabled: Boolean(object),
  });
  if (!object || !waiting.data || waiting.data.data.length === 0) return null;
  return (
    <Alert
      color="blue"
      variant="light"
      icon={<IconHourglass />}
      title={t("waits.title")}
      mb="lg"
      role="region"
      aria-label={t("waits.title")}
    >
      {waiting.data.data.map((approval) => (
        <div key={String(approval.id)}>
          <Link to={recordAddress(APPROVALS, approval.id)}>{titleOf(object, approval)}</Link>{" "}
          {t("waits.of", { who: whoDecides(approval) || t("waits.somebody") })} ·{" "}
          <Moment value={String(approval.created_at)} relative />
        </div>
      ))}
    </Alert>
  );
}
