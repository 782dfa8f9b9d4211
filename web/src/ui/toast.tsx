/** Toasts: what happened, with Undo where the change has a run. */
import { Button, Group, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { t } from "../messages/t";

interface Toast {
  message: string;
  /** Called when Undo is pressed. */
  onUndo?: () => void;
  action?: { label: string; onClick: () => void };
}

let shown: string | undefined;

/** The newest takes the place of the one before; older changes are undone from the history. */
export function toast({ message, onUndo, action }: Toast): void {
  if (shown) notifications.hide(shown);
  const id = `toast-${Date.now()}`;
  shown = id;
  const close = () => notifications.hide(id);
  const button = onUndo ? { label: t("undo"), onClick: onUndo } : action;
  notifications.show({
    id,
    role: "status",
    withBorder: true,
    autoClose: onUndo ? 10_000 : 5_000,
    closeButtonProps: { "aria-label": t("close") },
    message: (
      <Group justify="space-between" wrap="nowrap" gap="md">
        <Text size="sm" c="var(--mantine-color-text)">
          {message}
        </Text>
        {button && (
          <Button
            size="xs"
            variant="default"
            onClick={() => {
              close();
              button.onClick();
            }}
          >
            {button.label}
          </Button>
        )}
      </Group>
    ),
  });
}

export function toastError(message: string): void {
  notifications.show({
    role: "alert",
    color: "red",
    withBorder: true,
    autoClose: 10_000,
    closeButtonProps: { "aria-label": t("close") },
    message: (
      <Text size="sm" c="var(--mantine-color-text)">
        {message}
      </Text>
    ),
  });
}
