/** The sheet of keys. */
import { Kbd, Modal, Table } from "@mantine/core";
import type { MessageKey } from "../../messages/t";
import { t } from "../../messages/t";

const KEYS: [string, MessageKey][] = [
  ["Ctrl K", "keys.palette"],
  ["/", "keys.search"],
  ["c", "keys.create"],
  ["e", "keys.edit"],
  ["g …", "keys.go"],
  ["j  k", "keys.move"],
  ["Enter", "keys.open"],
  ["x", "keys.select"],
  ["Ctrl S", "keys.save"],
  ["Esc", "keys.back"],
  ["?", "keys.sheet"],
];

export function KeySheet({ onClose }: { onClose: () => void }) {
  return (
    <Modal
      opened
      onClose={onClose}
      title={t("keys.title")}
      size="sm"
      closeButtonProps={{ "aria-label": t("close") }}
    >
      <Table>
        <Table.Tbody>
          {KEYS.map(([keys, label]) => (
            <Table.Tr key={keys}>
              <Table.Td>{t(label)}</Table.Td>
              <Table.Td ta="right">
                <Kbd>{keys}</Kbd>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Modal>
  );
}
