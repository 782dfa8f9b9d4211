/** Something that waits for one to decide: who asks, what it would change, and the ways to decide it. */
import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { MetaAction, MetaObject, RecordData } from "../../api/types";
import { t } from "../../messages/t";
import { recordAddress } from "../addresses";
import { Moment } from "../fields/Moment";
import { LinkTitle } from "../fields/Value";
import { fieldOf, titleOf } from "../meta";
import { ActionDialog } from "../record/ActionDialog";
import { fittingActions } from "../record/fitting";
import classes from "./Inbox.module.css";
import { useAbout } from "./Notice";

/** What the server foresaw of a record: the write, and the changes of its fields in words. */
interface Foreseen {
  summary: string;
  changes: string[];
}

/** What those do who decide; whoever asked takes it back in its own place. */
const WAYS = ["approve", "refuse"];

export function Decision({ object, record }: { object: MetaObject; record: RecordData }) {
  const [dialog, setDialog] = useState<MetaAction | null>(null);
  const about = useAbout(record);
  const title = titleOf(object, record);
  const ways = fittingActions(object, record).filter((action) => WAYS.includes(action.name));
  const preview = Array.isArray(record.preview) ? (record.preview as unknown as Foreseen[]) : [];
  return (
    <li className={classes.item}>
      <div className={classes.words}>
        <Link to={recordAddress(object.path, record.id)} className={classes.title}>
          {title}
        </Link>
        <ul aria-label={t("preview.title")} className={classes.body}>
          {preview.map(({ summary, changes }, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two sentences may say the same
            <li key={at}>{changes.length > 0 ? `${summary}: ${changes.join(", ")}` : summary}</li>
          ))}
        </ul>
        <span className={classes.quiet}>
          {t("inbox.asks")} <LinkTitle to={fieldOf(object, "asked_by")?.to} value={record.asked_by ?? null} />
          {record.agent === true && ` (${t("inbox.agent")})`} ·{" "}
          <Moment value={String(record.created_at)} relative />
          {about && (
            <>
              {" · "}
              <Link to={about}>{t("inbox.about")}</Link>
            </>
          )}
        </span>
      </div>
      <div className={classes.ways}>
        {ways.map((action, at) => (
          <Button
            key={action.name}
            size="xs"
            variant={at === 0 ? "filled" : "default"}
            aria-label={`${action.label}: ${title}`}
            onClick={() => setDialog(action)}
          >
            {action.label}
          </Button>
        ))}
      </div>
      {dialog && (
        <ActionDialog
          action={dialog}
          target={`${object.path}/${String(record.id)}/${dialog.name}`}
          title={title}
          onClose={() => setDialog(null)}
        />
      )}
    </li>
  );
}
