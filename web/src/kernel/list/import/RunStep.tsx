/** An import under way and what came of it: what was refused is mended here, and all of it can be undone. */
import { Alert, Button, Group, Progress, Stack, Text } from "@mantine/core";
import { IconArrowBackUp, IconDownload } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { importFile, undoRun } from "../../../api/commands";
import { apiUrl } from "../../../api/http";
import type { InspectionMapping, MetaObject } from "../../../api/types";
import { t } from "../../../messages/t";
import { formatDecimal } from "../../../ui/format";
import { toast } from "../../../ui/toast";
import { explain, useChanges } from "../../changes";
import classes from "./Import.module.css";
import { type Reject, RejectTable } from "./RejectTable";
import { type Outcome, outcomeOf, useImport } from "./useImport";

interface Props {
  object: MetaObject;
  file: File;
  mapping: InspectionMapping;
  onClose: () => void;
}

/** The rows as they were mended, as a file of their own. */
async function mendedFile(rejects: Reject[]): Promise<File> {
  const { default: papa } = await import("papaparse");
  const text = papa.unparse(rejects.map((reject) => reject.data));
  return new File([text], "mended.csv", { type: "text/csv" });
}

export function RunStep({ object, file, mapping, onClose }: Props) {
  const changes = useChanges();
  const running = useImport(object, file, mapping);
  const [later, setLater] = useState<Outcome[]>([]);
  const [rejects, setRejects] = useState<Reject[]>([]);
  const told = useRef(false);
  const { outcome } = running;
  useEffect(() => {
    if (!outcome || told.current) return;
    told.current = true;
    setRejects(outcome.rejects);
    const { created, updated, run } = outcome;
    void changes.done(t("import.done", { created, updated }), created + updated > 0 ? run : null);
  }, [outcome, changes]);

  const all = outcome ? [outcome, ...later] : [];
  const sum = (count: (one: Outcome) => number) => all.reduce((total, one) => total + count(one), 0);
  const mend = useMutation({
    mutationFn: async () => {
      const form = { form: "delimited" as const, delimiter: ",", encoding: "UTF-8", quote: '"' };
      const how = { ...mapping, file: { dates: mapping.file.dates, decimal: mapping.file.decimal, ...form } };
      return importFile(object.path, await mendedFile(rejects), how, false);
    },
    onSuccess: async ({ data }) => {
      const next = outcomeOf(data);
      setLater((before) => [...before, next]);
      setRejects(next.rejects);
      await changes.refresh();
    },
  });
  const undo = useMutation({
    mutationFn: async () => {
      for (const one of all.toReversed()) await undoRun(one.run);
    },
    onSuccess: async () => {
      onClose();
      toast({ message: t("undone") });
      await changes.refresh();
    },
  });
  const error = running.error ?? mend.error ?? undo.error;
  if (!outcome) {
    return (
      <Stack gap="lg">
        <Text size="sm" role="status">
          {running.sending ? t("import.sending") : t("import.under", { rows: formatDecimal(running.rows) })}
        </Text>
        <Progress
          value={running.percent ?? 100}
          animated={running.percent === null}
          aria-label={t("import.working")}
        />
        {error !== null && (
          <Alert color="red" variant="light" role="alert" title={t("import.failed")}>
            {explain(error)}
          </Alert>
        )}
        <Group justify="space-between">
          <Text size="sm" c="dimmed">
            {!running.sending && t("import.leave")}
          </Text>
          <Button variant="default" onClick={onClose}>
            {t("close")}
          </Button>
        </Group>
      </Stack>
    );
  }
  const done = sum((one) => one.created) + sum((one) => one.updated);
  return (
    <Stack gap="lg">
      <Text size="sm" role="status">
        {t("import.did", {
          created: sum((one) => one.created),
          updated: sum((one) => one.updated),
          rejected: all.at(-1)?.rejected ?? 0,
        })}
      </Text>
      {outcome.failed && (
        <Alert color="red" variant="light" role="alert" title={t("import.failed")}>
          {outcome.failed}
        </Alert>
      )}
      {rejects.length > 0 && (
        <>
          <Text size="sm" c="dimmed">
            {t("import.mend")}
          </Text>
          <div className={classes.scroller}>
            <RejectTable
              object={object}
              mapping={mapping}
              rejects={rejects}
              onCell={(reject, column, text) =>
                setRejects((before) =>
                  before.map((one) =>
                    one.row === reject.row ? { ...one, data: { ...one.data, [column]: text } } : one,
                  ),
                )
              }
            />
          </div>
        </>
      )}
      {error !== null && (
        <Alert color="red" variant="light" role="alert" title={t("import.failed")}>
          {explain(error)}
        </Alert>
      )}
      <Group justify="space-between">
        <Group gap="sm">
          {done > 0 && (
            <Button
              variant="default"
              loading={undo.isPending}
              leftSection={<IconArrowBackUp size={16} stroke={1.6} aria-hidden />}
              onClick={() => undo.mutate()}
            >
              {t("import.undo")}
            </Button>
          )}
          {outcome.rejected > 0 && (
            <Button
              component="a"
              variant="default"
              href={apiUrl(`core/imports/${outcome.run}/rejects`)}
              download
              leftSection={<IconDownload size={16} stroke={1.6} aria-hidden />}
            >
              {t("import.download")}
            </Button>
          )}
        </Group>
        <Group gap="sm">
          {rejects.length > 0 && (
            <Button variant="default" loading={mend.isPending} onClick={() => mend.mutate()}>
              {t("import.again", { count: rejects.length })}
            </Button>
          )}
          <Button onClick={onClose}>{t("close")}</Button>
        </Group>
      </Group>
    </Stack>
  );
}
