/** The sheet of keys. */
import { Kbd, Modal, Table } from "@mantine/core";
import type { MessageKey } from "../../messages/t";
import { t } from "../../messages/t";
import type { SheetProps } from "./useSheet";

const KEYS: [string, MessageKey][] = [
  ["Ctrl K", "keys.palette"],
  ["/", "keys.search"],
  ["c", "keys.create"],
  ["e", "keys.edit"],
  ["g …", "keys.go"],
  ["j  k", "keys.move"],
  ["Enter", "keys.open"],
  ["x", "keys.select"],
  ["s", "keys.favourite"],
  ["Ctrl S", "keys.save"],
  ["Esc", "keys.back"],
  ["?", "keys.sheet"],
];

export function KeySheet(sheet: SheetProps) {
  return (
    <Modal {...sheet} title={t("keys.title")} size="sm" closeButtonProps={{ "aria-label": t("close") }}>
      <Table>
        <Table.Tbody>
          {KEYS.map(([keys, label]) => (
            <Table.Tr key={keys}>
              <Table.Td>{t(label)}</Table.Td>
              <Table.Td ta="end">
                <Kbd style={{ whiteSpace: "nowrap" }}>{keys}</Kbd>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Modal>
  );
}
