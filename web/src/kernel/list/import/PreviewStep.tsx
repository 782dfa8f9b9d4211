/** What an import would do: what comes and what changes, value by value, and what is refused, cell by cell. */
import { Button, Group, Stack, Table, Tabs, Text } from "@mantine/core";
import type { Change, ImportReply, InspectionMapping, Json, MetaField, MetaObject } from "../../../api/types";
import { t } from "../../../messages/t";
import { StateBadge } from "../../../ui/StateBadge";
import { Value } from "../../fields/Value";
import { fieldOf } from "../../meta";
import classes from "./Import.module.css";
import { RejectTable } from "./RejectTable";

interface Props {
  object: MetaObject;
  mapping: InspectionMapping;
  reply: ImportReply;
  onBack: () => void;
  onRun: () => void;
}

/** The fields that any of the changes touches, in the order of the object; the title stands before them. */
const touched = (object: MetaObject, changes: Change[]): MetaField[] =>
  object.fields.filter(
    (field) =>
      field.name !== object.title &&
      changes.some((change) => change.fields.some((one) => one.field === field.name)),
  );

function Diff({ object, field, change }: { object: MetaObject; field: MetaField; change: Change }) {
  const found = change.fields.find((one) => one.field === field.name);
  if (!found) return null;
  const shown = (value: Json) => <Value field={field} object={object} value={value} />;
  if (change.verb === "create" || found.from === null) return shown(found.to);
  return (
    <>
      <del>{shown(found.from)}</del> <ins>{shown(found.to)}</ins>
    </>
  );
}

function ChangeTable({ object, changes }: { object: MetaObject; changes: Change[] }) {
  const fields = touched(object, changes);
  const title = fieldOf(object, object.title);
  const renamed = (change: Change) => change.fields.some((one) => one.field === object.title);
  return (
    <Table stickyHeader className={classes.diff}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{object.label}</Table.Th>
          {fields.map((field) => (
            <Table.Th key={field.name}>{field.label}</Table.Th>
          ))}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {changes.map((change) => (
          <Table.Tr key={change.record}>
            <Table.Td>
              <Group gap="sm" wrap="nowrap">
                <StateBadge
                  tone={change.verb === "create" ? "good" : "progress"}
                  label={change.verb === "create" ? t("import.new") : t("import.changed")}
                />
                <span>
                  {title && renamed(change) ? (
                    <Diff object={object} field={title} change={change} />
                  ) : (
                    change.title
                  )}
                </span>
              </Group>
            </Table.Td>
            {fields.map((field) => (
              <Table.Td key={field.name}>
                <Diff object={object} field={field} change={change} />
              </Table.Td>
            ))}
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

export function PreviewStep({ object, mapping, reply, onBack, onRun }: Props) {
  const { created, updated, unchanged, rejected, rejected_count: refused } = reply;
  const changes = reply.preview ?? [];
  // What is refused wants a look first.
  const first = refused > 0 ? "rejects" : "changes";
  return (
    <Stack gap="lg">
      <Text size="sm" role="status">
        {t("import.would", { created, updated, count: refused })}
        {unchanged > 0 && ` ${t("import.unchanged", { unchanged })}`}
        {reply.rows >= PREVIEWED && ` ${t("import.first", { rows: PREVIEWED })}`}
      </Text>
      <Tabs defaultValue={first} keepMounted>
        <Tabs.List>
          <Tabs.Tab value="changes">{t("import.changes")}</Tabs.Tab>
          {refused > 0 && <Tabs.Tab value="rejects">{t("import.rejects", { count: refused })}</Tabs.Tab>}
        </Tabs.List>
        <Tabs.Panel value="changes" className={classes.scroller}>
          {changes.length > 0 ? (
            <ChangeTable object={object} changes={changes} />
          ) : (
            <Text size="sm" c="dimmed" py="lg">
              {t("preview.nothing")}
            </Text>
          )}
        </Tabs.Panel>
        <Tabs.Panel value="rejects" className={classes.scroller}>
          <RejectTable object={object} mapping={mapping} rejects={rejected} />
        </Tabs.Panel>
      </Tabs>
      <Group justify="space-between">
        <Button variant="default" onClick={onBack}>
          {t("back")}
        </Button>
        <Button disabled={created + updated === 0} onClick={onRun}>
          {t("import.run")}
        </Button>
      </Group>
    </Stack>
  );
}

/** A preview looks at so many rows. */
const PREVIEWED = 1000;
