/** The records that a change of many was refused for, each with the reason; they stay picked. */
import { List, Modal, Stack, Text } from "@mantine/core";
import type { BulkReport } from "../../../api/types";
import { t } from "../../../messages/t";
import { sentence } from "../../record/words";

const SHOWN = 100;

export function RefusedDialog({ refused, onClose }: { refused: BulkReport["refused"]; onClose: () => void }) {
  return (
    <Modal
      opened
      onClose={onClose}
      title={t("bulk.refused", { count: refused.length })}
      closeButtonProps={{ "aria-label": t("close") }}
    >
      <Stack gap="sm">
        <Text size="sm" c="dimmed">
          {t("bulk.refused.text")}
        </Text>
        <List size="sm" role="alert">
          {refused.slice(0, SHOWN).map((one) => (
            <List.Item key={one.id ?? one.index}>
              <strong>{one.title}</strong>:{" "}
              {one.errors
                .map(({ field, message }) => sentence((field ?? "").replaceAll("_", " "), message).trim())
                .join(" ")}
            </List.Item>
          ))}
        </List>
      </Stack>
    </Modal>
  );
}
