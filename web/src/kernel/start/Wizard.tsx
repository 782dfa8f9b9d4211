/** A few questions, one step after the other: where one is among them, what is asked now, back and on. */
import { Alert, Button, Stack } from "@mantine/core";
import { IconCheck } from "@tabler/icons-react";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { t } from "../../messages/t";
import { explain } from "../changes";
import classes from "./Start.module.css";

export interface WizardStep {
  name: string;
  label: string;
}

interface Props {
  steps: WizardStep[];
  /** The name of the one that is asked now. */
  step: string;
  next: string;
  busy?: boolean;
  /** What went wrong and has no field to stand beside. */
  error?: unknown;
  /** What is being done, where that takes a while. */
  doing?: string;
  onBack?: () => void;
  onNext: () => void;
  children: ReactNode;
}

export function Wizard({ steps, step, next, busy, error, doing, onBack, onNext, children }: Props) {
  const at = steps.findIndex(({ name }) => name === step);
  const form = useRef<HTMLFormElement>(null);
  const [sent, setSent] = useState(0);
  // What is wrong or missing is where one goes on, whether the page or the server found it.
  useEffect(() => {
    if (sent > 0 && !busy) form.current?.querySelector<HTMLElement>("[aria-invalid='true']")?.focus();
  }, [sent, busy]);
  return (
    <form
      ref={form}
      noValidate
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (busy) return;
        setSent(sent + 1);
        onNext();
      }}
    >
      <ol className={classes.progress} aria-label={t("start.progress")}>
        {steps.map(({ name, label }, place) => (
          <li
            key={name}
            aria-current={name === step ? "step" : undefined}
            data-done={place < at || undefined}
          >
            <span className={classes.mark} aria-hidden>
              {place < at ? <IconCheck size={12} stroke={2.4} /> : place + 1}
            </span>
            <span className={classes.stepLabel}>{label}</span>
            {place < at && <span className="sr-only">{t("start.progress.done")}</span>}
          </li>
        ))}
      </ol>
      <Stack key={step} gap="xl">
        {children}
        {error !== undefined && error !== null && (
          <Alert color="red" variant="light" role="alert" title={t("save.failed")}>
            {explain(error)}
          </Alert>
        )}
        <div className={classes.foot}>
          <span role="status" className={classes.quiet}>
            {busy && doing}
          </span>
          {onBack && (
            <Button variant="default" onClick={onBack} disabled={busy}>
              {t("back")}
            </Button>
          )}
          <Button type="submit" loading={busy}>
            {next}
          </Button>
        </div>
      </Stack>
    </form>
  );
}
