/** Import in three steps: a file, its columns, what it would do; then it is done, and can be undone. */
import { Alert, Button, Group, List, Modal, NativeSelect, Stack, Table, Text } from "@mantine/core";
import { Dropzone } from "@mantine/dropzone";
import { IconUpload } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import papa from "papaparse";
import { useState } from "react";
import { importFile } from "../../api/commands";
import type { ImportReply, MetaObject } from "../../api/types";
import { t } from "../../messages/t";
import { explain, useChanges } from "../changes";
import classes from "./Import.module.css";

interface Props {
  object: MetaObject;
  onClose: () => void;
}

interface Sheet {
  file: File;
  delimiter: string;
  header: string[];
  rows: string[][];
}

const SHOWN = 3;
const REJECTS = 50;

const normal = (text: string) => text.toLowerCase().replace(/[^a-z0-9]/g, "");

/** The field that a column's heading suggests. */
function guess(object: MetaObject, heading: string): string {
  const wanted = normal(heading);
  return (
    object.fields.find((field) => [field.name, field.label].some((name) => normal(name) === wanted))?.name ??
    ""
  );
}

export function ImportDialog({ object, onClose }: Props) {
  const changes = useChanges();
  const [sheet, setSheet] = useState<Sheet | null>(null);
  const [mapping, setMapping] = useState<Record<string, string>>({});
  const [key, setKey] = useState("");
  const [unreadable, setUnreadable] = useState(false);
  const run = useMutation({
    mutationFn: (preview: boolean) => {
      if (!sheet) throw new Error("no file is chosen");
      const read = { file: { delimiter: sheet.delimiter }, map: mapping, key: key || null };
      return importFile(object.path, sheet.file, read, preview);
    },
    onSuccess: async (reply, preview) => {
      if (preview) return;
      const { created, updated } = reply.data;
      await changes.done(t("import.done", { created, updated }), reply.run ?? reply.data.run ?? null);
      if (reply.data.rejected.length === 0) onClose();
    },
  });
  const take = (files: File[]) => {
    const file = files[0];
    if (!file) return;
    setUnreadable(false);
    run.reset();
    papa.parse<string[]>(file, {
      preview: SHOWN + 1,
      skipEmptyLines: true,
      complete: ({ data, meta }) => {
        const [header, ...rows] = data;
        if (!header || header.length === 0) {
          setUnreadable(true);
          return;
        }
        setSheet({ file, header, rows, delimiter: meta.delimiter === "\t" ? "tab" : meta.delimiter || "," });
        setMapping(Object.fromEntries(header.map((heading) => [heading, guess(object, heading)])));
      },
      error: () => setUnreadable(true),
    });
  };
  const fields = [
    { value: "", label: t("import.skip") },
    ...object.fields
      .filter((field) => !field.computed && !field.readonly && !field.system && field.type !== "table")
      .map((field) => ({ value: field.name, label: field.label })),
  ];
  const taken = new Set(Object.values(mapping));
  const mapped = fields.filter((field) => field.value && taken.has(field.value));
  const reply = run.data?.data;
  const wasPreview = run.variables === true;
  const finished = reply && !wasPreview;
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={t("import.title", { names: object.plural.toLowerCase() })}
      closeButtonProps={{ "aria-label": t("close") }}
    >
      <Stack gap="lg">
        {!sheet && (
          <Dropzone
            onDrop={take}
            onReject={() => setUnreadable(true)}
            accept={{ "text/csv": [".csv"], "text/plain": [".csv", ".tsv", ".txt"] }}
            maxFiles={1}
            multiple={false}
            className={classes.drop}
            inputProps={{ "aria-label": t("import.file") }}
          >
            <Stack align="center" gap="sm">
              <IconUpload size={28} stroke={1.4} aria-hidden />
              <Text size="sm">{t("import.drop")}</Text>
            </Stack>
          </Dropzone>
        )}
        {unreadable && (
          <Alert color="red" variant="light" role="alert">
            {t("import.unreadable")}
          </Alert>
        )}
        {sheet && !finished && (
          <div className={classes.scroller}>
            <Table>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>{t("import.column")}</Table.Th>
                  <Table.Th>{t("import.values")}</Table.Th>
                  <Table.Th>{t("import.field")}</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {sheet.header.map((heading, at) => (
                  <Table.Tr key={heading}>
                    <Table.Td>{heading}</Table.Td>
                    <Table.Td className={classes.sample}>
                      {sheet.rows.map((row) => row[at]).join(", ")}
                    </Table.Td>
                    <Table.Td>
                      <NativeSelect
                        aria-label={t("import.fieldFor", { column: heading })}
                        data={fields}
                        value={mapping[heading] ?? ""}
                        onChange={(event) => {
                          const { value } = event.currentTarget;
                          setMapping((before) => ({ ...before, [heading]: value }));
                          run.reset();
                        }}
                      />
                    </Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </div>
        )}
        {sheet && !finished && (
          <NativeSelect
            label={t("import.key")}
            description={t("import.key.help")}
            data={[{ value: "", label: t("import.key.none") }, ...mapped]}
            value={key}
            onChange={(event) => {
              setKey(event.currentTarget.value);
              run.reset();
            }}
          />
        )}
        {reply && <ImportResult reply={reply} preview={wasPreview} />}
        {run.error && (
          <Alert color="red" variant="light" role="alert" title={t("import.failed")}>
            {explain(run.error)}
          </Alert>
        )}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose}>
            {finished ? t("close") : t("cancel")}
          </Button>
          {sheet && !reply && (
            <Button loading={run.isPending} onClick={() => run.mutate(true)}>
              {t("preview")}
            </Button>
          )}
          {reply && wasPreview && (
            <Button
              loading={run.isPending}
              disabled={reply.created + reply.updated === 0}
              onClick={() => run.mutate(false)}
            >
              {t("import.run")}
            </Button>
          )}
        </Group>
      </Stack>
    </Modal>
  );
}

function ImportResult({ reply, preview }: { reply: ImportReply; preview: boolean }) {
  const values = {
    created: reply.created,
    updated: reply.updated,
    rejected: reply.rejected_count ?? reply.rejected.length,
  };
  return (
    <Stack gap="sm" role="status">
      <Text size="sm">{preview ? t("import.would", values) : t("import.did", values)}</Text>
      {reply.rejected.length > 0 && (
        <List size="sm" className={classes.rejects}>
          {reply.rejected.slice(0, REJECTS).map((reject) => (
            <List.Item key={reject.row}>
              {t("import.row", { row: reject.row })}{" "}
              {reject.errors
                .map((error) => [error.field, error.message].filter(Boolean).join(": "))
                .join("; ")}
            </List.Item>
          ))}
        </List>
      )}
    </Stack>
  );
}
