/** What each column becomes: guessed with a reason, and corrected where the guess is wrong. */
import { Alert, Button, Checkbox, Group, NativeSelect, Select, Stack, Table, Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { createRecord, importFile, inspectFile } from "../../../api/commands";
import type { ImportReply, Inspection, InspectionMapping, MetaObject } from "../../../api/types";
import { t } from "../../../messages/t";
import { StateBadge } from "../../../ui/StateBadge";
import { explain } from "../../changes";
import { fullNameOf, useMeta } from "../../meta";
import { fieldFor, importTargets } from "./fields";
import classes from "./Import.module.css";

interface Props {
  object: MetaObject;
  file: File;
  inspection: Inspection;
  mapping: InspectionMapping;
  /** The file was read in another way. */
  onRead: (inspection: Inspection) => void;
  onMapping: (mapping: InspectionMapping) => void;
  onBack: () => void;
  onPreview: (reply: ImportReply) => void;
}

/** A guess that is less certain than this, of a hundred, wants a look. */
const CERTAIN = 70;

export function ColumnsStep(props: Props) {
  const { object, file, inspection, mapping, onRead, onMapping, onBack, onPreview } = props;
  const meta = useMeta();
  const [keep, setKeep] = useState(false);
  // What is no workbook says nothing of sheets.
  const sheets = inspection.sheets ?? [];
  const targets = importTargets(meta, object, inspection);
  const fields = inspection.columns.map(({ column }) => fieldFor(inspection, mapping, column));
  const mapped = targets.filter((target) => fields.includes(target.value));
  const again = useMutation({
    mutationFn: (next: InspectionMapping) => inspectFile(object.path, file, next),
    onSuccess: ({ data }) => onRead(data),
  });
  const preview = useMutation({
    mutationFn: async () => {
      if (keep) {
        await createRecord("core/import-mappings", {
          name: file.name,
          object: fullNameOf(object),
          columns: inspection.columns.map(({ column }) => column),
          mapping: { ...mapping },
        });
      }
      return importFile(object.path, file, mapping, true);
    },
    onSuccess: ({ data }) => onPreview(data),
  });
  const put = (change: Partial<InspectionMapping>) => {
    preview.reset();
    onMapping({ ...mapping, ...change });
  };
  const answer = (about: string, value: string) => put({ file: { ...mapping.file, [about]: value } });
  const open = inspection.questions.filter(({ about }) => !(mapping.file as Record<string, unknown>)[about]);
  const error = preview.error ?? again.error;
  return (
    <Stack gap="lg">
      {sheets.length > 1 && (
        <NativeSelect
          label={t("import.sheet")}
          data={sheets}
          value={mapping.file.sheet ?? sheets[0]}
          onChange={(event) =>
            again.mutate({ file: { form: "xlsx", sheet: event.currentTarget.value }, map: {} })
          }
        />
      )}
      {inspection.questions.map(({ about, message, choices }) => (
        <NativeSelect
          key={about}
          label={message}
          data={[
            { value: "", label: t("link.choose") },
            ...choices.map((one) => ({ value: one, label: one })),
          ]}
          value={String((mapping.file as Record<string, unknown>)[about] ?? "")}
          onChange={(event) => answer(about, event.currentTarget.value)}
        />
      ))}
      {inspection.saved && (
        <Text size="sm" c="dimmed">
          {t("import.known", { name: inspection.saved })}
        </Text>
      )}
      <div className={`${classes.scroller} ${classes.columns}`}>
        <Table stickyHeader>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t("import.column")}</Table.Th>
              <Table.Th>{t("import.values")}</Table.Th>
              <Table.Th>{t("import.field")}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {inspection.columns.map(({ column, sample, confidence, reason }, at) => (
              <Table.Tr key={column}>
                <Table.Td>{column}</Table.Td>
                <Table.Td className={classes.sample}>{sample.join(", ")}</Table.Td>
                <Table.Td>
                  <Group gap="sm" wrap="nowrap">
                    <Select
                      aria-label={t("import.fieldFor", { column })}
                      data={[{ value: "", label: t("import.skip") }, ...targets]}
                      value={fields[at] ?? ""}
                      allowDeselect={false}
                      searchable
                      className={classes.target}
                      onChange={(value) => put({ map: { ...mapping.map, [column]: value ?? "" } })}
                    />
                    {fields[at] &&
                      confidence < CERTAIN &&
                      mapping.map[column] === inspection.mapping.map[column] && (
                        <span title={reason}>
                          <StateBadge tone="waiting" label={t("import.check")} />
                        </span>
                      )}
                  </Group>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </div>
      <NativeSelect
        label={t("import.key")}
        description={t("import.key.help")}
        data={[{ value: "", label: t("import.key.none") }, ...mapped]}
        value={mapping.key ?? ""}
        onChange={(event) => put({ key: event.currentTarget.value || null })}
      />
      <Checkbox
        label={t("import.keep")}
        checked={keep}
        onChange={(event) => setKeep(event.currentTarget.checked)}
      />
      {error && (
        <Alert color="red" variant="light" role="alert" title={t("import.failed")}>
          {explain(error)}
        </Alert>
      )}
      <Group justify="space-between">
        <Button variant="default" onClick={onBack}>
          {t("back")}
        </Button>
        <Button
          loading={preview.isPending || again.isPending}
          disabled={mapped.length === 0 || open.length > 0}
          onClick={() => preview.mutate()}
        >
          {t("preview")}
        </Button>
      </Group>
    </Stack>
  );
}
