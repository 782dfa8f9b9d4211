/** Asks before a page is left on which something is typed and not saved. */
import { t } from "../messages/t";
import { ConfirmDialog } from "./ConfirmDialog";

interface Props {
  blocker: { status: "idle" | "blocked"; proceed?: () => void; reset?: () => void };
}

export function LeaveDialog({ blocker }: Props) {
  return (
    <ConfirmDialog
      opened={blocker.status === "blocked"}
      title={t("leave.title")}
      text={t("leave.text")}
      confirm={t("leave.confirm")}
      danger
      onConfirm={() => blocker.proceed?.()}
      onClose={() => blocker.reset?.()}
    />
  );
}
