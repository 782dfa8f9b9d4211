/** A file is dropped or chosen, and the server makes out what it is. */
import { Alert, Button, Group, Loader, Stack, Text } from "@mantine/core";
import { Dropzone } from "@mantine/dropzone";
import { IconUpload } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { inspectFile } from "../../../api/commands";
import type { Inspection, MetaObject } from "../../../api/types";
import { t } from "../../../messages/t";
import { explain } from "../../changes";
import classes from "./Import.module.css";

interface Props {
  object: MetaObject;
  onRead: (file: File, inspection: Inspection) => void;
  onClose: () => void;
}

export function FileStep({ object, onRead, onClose }: Props) {
  const look = useMutation({
    mutationFn: (file: File) => inspectFile(object.path, file),
    onSuccess: ({ data }, file) => onRead(file, data),
  });
  return (
    <Stack gap="lg">
      <Dropzone
        onDrop={([file]) => file && look.mutate(file)}
        multiple={false}
        className={classes.drop}
        inputProps={{ "aria-label": t("import.file") }}
      >
        <Stack align="center" gap="sm">
          {look.isPending ? <Loader size="sm" /> : <IconUpload size={28} stroke={1.4} aria-hidden />}
          <Text size="sm">{look.isPending ? t("import.reading") : t("import.drop")}</Text>
          <Text size="xs" c="dimmed">
            {t("import.forms")}
          </Text>
        </Stack>
      </Dropzone>
      {look.error && (
        <Alert color="red" variant="light" role="alert" title={t("import.unreadable")}>
          {explain(look.error)}
        </Alert>
      )}
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          {t("cancel")}
        </Button>
      </Group>
    </Stack>
  );
}
