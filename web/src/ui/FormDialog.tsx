/** A dialog that asks for something: what is asked for, why it was refused, and the ways out and on. */
import { Alert, Button, Group, Modal, type ModalProps, Stack } from "@mantine/core";
import type { ReactNode } from "react";
import { t } from "../messages/t";
import classes from "./FormDialog.module.css";

interface Props {
  title: string;
  size?: ModalProps["size"];
  /** What the button says that goes on. */
  submit: string;
  /** It is being done. */
  pending?: boolean;
  disabled?: boolean;
  /** The button that goes on has the focus: nothing is asked for. */
  autoFocus?: boolean;
  /** What the reasons of a refusal stand under. */
  failed?: string;
  /** Why it was refused, where no field says it. */
  problems?: string[];
  onSubmit: () => void;
  onClose: () => void;
  children: ReactNode;
}

export function FormDialog(props: Props) {
  const { title, size, submit, pending, disabled, autoFocus, failed, problems = [] } = props;
  return (
    <Modal
      opened
      onClose={props.onClose}
      // A click beside it must not lose what was typed.
      closeOnClickOutside={false}
      title={title}
      size={size}
      closeButtonProps={{ "aria-label": t("close") }}
    >
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          // The dialog may stand in a form of the page, as React sees it.
          event.stopPropagation();
          if (!pending && !disabled) props.onSubmit();
        }}
      >
        <Stack gap="lg">
          {props.children}
          {problems.length > 0 && (
            <Alert color="red" variant="light" role="alert" title={failed}>
              {problems.map((line) => (
                <div key={line}>{line}</div>
              ))}
            </Alert>
          )}
          <Group justify="flex-end" gap="sm" className={classes.foot}>
            <Button variant="default" onClick={props.onClose}>
              {t("cancel")}
            </Button>
            <Button
              type="submit"
              loading={pending}
              disabled={disabled}
              data-autofocus={autoFocus || undefined}
            >
              {submit}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
