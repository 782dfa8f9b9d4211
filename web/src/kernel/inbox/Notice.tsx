/** One notification: its words, the record that it is about, and that it has been read. */
import { ActionIcon, Tooltip } from "@mantine/core";
import { IconCheck } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import type { MetaAction, RecordData } from "../../api/types";
import { recordAddress } from "../addresses";
import { Moment } from "../fields/Moment";
import { findObject, useMeta } from "../meta";
import classes from "./Inbox.module.css";

interface Props {
  record: RecordData;
  title: string;
  action: MetaAction | undefined;
  onRead: (action: MetaAction) => void;
}

/** Where the record that a dynamic link leads to is shown; nowhere when it may not be seen. */
export function useAbout(record: RecordData): string | undefined {
  const meta = useMeta();
  const { target } = record;
  if (typeof target !== "object" || target === null || Array.isArray(target)) return undefined;
  const object = findObject(meta, String(target.object));
  return object && !object.child ? recordAddress(object.path, target.id) : undefined;
}

export function Notice({ record, title, action, onRead }: Props) {
  const about = useAbout(record);
  return (
    <li className={classes.item}>
      <div className={classes.words}>
        {about ? (
          <Link to={about} className={classes.title}>
            {title}
          </Link>
        ) : (
          <span className={classes.title}>{title}</span>
        )}
        {typeof record.body === "string" && <p className={classes.body}>{record.body}</p>}
        <span className={classes.quiet}>
          <Moment value={String(record.created_at)} relative />
        </span>
      </div>
      {action && (
        <Tooltip label={action.label}>
          <ActionIcon
            variant="default"
            aria-label={`${action.label}: ${title}`}
            onClick={() => onRead(action)}
          >
            <IconCheck size={16} stroke={1.6} />
          </ActionIcon>
        </Tooltip>
      )}
    </li>
  );
}
