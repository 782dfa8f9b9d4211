/** Asks before a step that loses something. */
import { Button, Group, Modal, Text } from "@mantine/core";
import { t } from "../messages/t";

interface Props {
  opened: boolean;
  title: string;
  text: string;
  confirm: string;
  danger?: boolean;
  /** It is being done. */
  pending?: boolean;
  onConfirm: () => void;
  onClose: () => void;
}

export function ConfirmDialog({ opened, title, text, confirm, danger, pending, onConfirm, onClose }: Props) {
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={title}
      size="sm"
      closeButtonProps={{ "aria-label": t("close") }}
    >
      <Text size="sm">{text}</Text>
      <Group justify="flex-end" mt="lg" gap="sm">
        <Button variant="default" onClick={onClose}>
          {t("cancel")}
        </Button>
        <Button color={danger ? "red.8" : undefined} loading={pending} onClick={onConfirm} data-autofocus>
          {confirm}
        </Button>
      </Group>
    </Modal>
  );
}
