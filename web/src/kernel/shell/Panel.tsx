/** A panel of the first page: of one height whatever it has, so that nothing moves when it comes. */
import { Link } from "@tanstack/react-router";
import { type ReactNode, useId } from "react";
import type { MetaObject } from "../../api/types";
import { Icon } from "../../ui/Icon";
import { recordAddress } from "../addresses";
import classes from "./Hub.module.css";

interface Props {
  title: string;
  /** What stands there when there is nothing. */
  empty: string;
  /** Nothing is known yet. */
  pending?: boolean;
  aside?: ReactNode;
  children: ReactNode[];
}

export function Panel({ title, empty, pending, aside, children }: Props) {
  const heading = useId();
  return (
    <section aria-labelledby={heading} aria-busy={pending || undefined} className={classes.panel}>
      <div className={classes.head}>
        <h2 id={heading} className={classes.heading}>
          {title}
        </h2>
        {aside}
      </div>
      {children.length > 0 ? (
        <ul className={classes.rows}>{children}</ul>
      ) : (
        !pending && <p className={classes.empty}>{empty}</p>
      )}
    </section>
  );
}

interface RowProps {
  object: MetaObject;
  id: string;
  children: ReactNode;
  /** At the end of the row. */
  about: ReactNode;
}

export function Row({ object, id, children, about }: RowProps) {
  return (
    <li>
      <Link to={recordAddress(object.path, id)} className={classes.row}>
        <Icon name={object.icon} size={16} />
        <span className="truncate" dir="auto">
          {children}
        </span>
        <span className={classes.kind}>{about}</span>
      </Link>
    </li>
  );
}
