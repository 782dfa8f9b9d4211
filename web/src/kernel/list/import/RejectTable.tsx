/** The rows that were refused as they stand in the file, with the reason at the cell that it is about. */
import { Table, TextInput } from "@mantine/core";
import type { ImportReply, InspectionMapping, Json, MetaObject } from "../../../api/types";
import { t } from "../../../messages/t";
import { fieldOf } from "../../meta";
import classes from "./Import.module.css";

export type Reject = ImportReply["rejected"][number];

interface Props {
  object: MetaObject;
  mapping: InspectionMapping;
  rejects: Reject[];
  /** Takes what is typed into a cell; without it the rows are only shown. */
  onCell?: (reject: Reject, column: string, text: string) => void;
}

const SHOWN = 100;

const textOf = (value: Json | undefined): string =>
  value === null || value === undefined
    ? ""
    : typeof value === "object"
      ? JSON.stringify(value)
      : String(value);

export function RejectTable({ object, mapping, rejects, onCell }: Props) {
  const columns = Object.keys(rejects[0]?.data ?? {});
  const fieldFor = (column: string) => mapping.map[column] ?? column;
  const isAbout = (column: string, field: string | null | undefined) =>
    Boolean(field) && fieldFor(column).split(".")[0] === field?.split(/[./]/)[0];
  return (
    <Table stickyHeader className={classes.rejects}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t("import.why")}</Table.Th>
          {columns.map((column) => (
            <Table.Th key={column}>{column}</Table.Th>
          ))}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rejects.slice(0, SHOWN).map((reject) => (
          <Table.Tr key={reject.row}>
            <Table.Td className={classes.why}>
              {t("import.row", { row: reject.row })}{" "}
              {reject.errors
                .map(({ field, message }) =>
                  [field && (fieldOf(object, field)?.label ?? field), message].filter(Boolean).join(" "),
                )
                .join("; ")}
            </Table.Td>
            {columns.map((column) => {
              const wrong = reject.errors.some(({ field }) => isAbout(column, field));
              const text = textOf(reject.data[column]);
              return (
                <Table.Td key={column} data-wrong={wrong || undefined}>
                  {onCell ? (
                    <TextInput
                      size="xs"
                      aria-label={t("import.cell", { column, row: reject.row })}
                      error={wrong}
                      value={text}
                      onChange={(event) => onCell(reject, column, event.currentTarget.value)}
                    />
                  ) : (
                    text
                  )}
                </Table.Td>
              );
            })}
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
