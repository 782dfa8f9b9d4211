/** What a new company still lacks, for its administrator: the records themselves say what is done. */
import { Button } from "@mantine/core";
import { IconCircleDashed } from "@tabler/icons-react";
import { useQueries } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { type ReactNode, useEffect } from "react";
import { get } from "../../api/http";
import type { ListReply } from "../../api/types";
import { t } from "../../messages/t";
import { listAddress, startAddress } from "../addresses";
import { fieldOf, findByPath, useMeta } from "../meta";
import classes from "./Checklist.module.css";
import { allSteps } from "./steps";
import { isAdministrator, type Start, useStart } from "./useStart";

/** `children` stand below it, and wait until it is known how long it is. */
export function Checklist({ children }: { children: ReactNode }) {
  const meta = useMeta();
  const [start, change] = useStart();
  if (!isAdministrator(meta) || start.hidden) return children;
  return (
    <Steps start={start} onHide={() => change({ hidden: true })}>
      {children}
    </Steps>
  );
}

interface Props {
  start: Start;
  onHide: () => void;
  children: ReactNode;
}

function Steps({ start, onHide, children }: Props) {
  const meta = useMeta();
  const steps = allSteps().filter(({ path, field }) => {
    const found = findByPath(meta, path);
    if (!found || (field && !fieldOf(found.object, field))) return false;
    const app = found.app.name;
    return app === "core" || !start.apps || start.apps.includes(app);
  });
  const found = useQueries({
    queries: steps.map(({ path, filter, beyond = 0 }) => ({
      queryKey: ["records", path, "step", filter, beyond],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        get<ListReply>(path, { filter, limit: beyond + 1, count: "none" }, signal),
    })),
  });
  const all = [
    { label: t("start.answer"), to: startAddress, done: start.answered },
    ...steps.map(({ path, label, beyond = 0 }, at) => ({
      label: t(label),
      to: listAddress(path),
      done: (found[at]?.data?.data.length ?? 0) > beyond,
    })),
  ];
  const open = all.filter((step) => !step.done);
  const known = found.every((list) => !list.isPending);
  const over = known && open.length === 0;
  useEffect(() => {
    if (over) onHide();
  }, [over, onHide]);
  if (!known) return null;
  return (
    <>
      <section aria-labelledby="start" className={classes.checklist}>
        <div className={classes.head}>
          <h2 id="start">{t("start.steps")}</h2>
          <span className={classes.quiet}>
            {t("start.done", { count: all.length - open.length, all: all.length })}
          </span>
          <Button size="xs" variant="subtle" color="gray" onClick={onHide}>
            {t("start.hide")}
          </Button>
        </div>
        <ul>
          {open.map((step) => (
            <li key={step.label}>
              <Link to={step.to} className={classes.step}>
                <IconCircleDashed size={18} stroke={1.6} aria-hidden />
                {step.label}
              </Link>
            </li>
          ))}
        </ul>
      </section>
      {children}
    </>
  );
}
