/** What taking a run back would change, before it is taken back; or what keeps it from that. */
import { Alert, Button, Group, Loader, Modal, Stack, Text } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { previewUndo, undoRun } from "../../api/commands";
import { t } from "../../messages/t";
import { explain, useChanges } from "../changes";
import { ChangeList } from "../record/ChangeList";

export function UndoDialog({ run, onClose }: { run: string; onClose: () => void }) {
  const changes = useChanges();
  const preview = useQuery({
    queryKey: ["undo", run],
    gcTime: 0,
    queryFn: async () => (await previewUndo(run)).data,
    retry: false,
    staleTime: 0,
  });
  const undo = useMutation({
    mutationFn: () => undoRun(run),
    onSuccess: async (reply) => {
      onClose();
      await changes.done(t("undone"), reply.run);
    },
  });
  const error = undo.error ?? preview.error;
  return (
    <Modal opened onClose={onClose} title={t("runs.undo")} closeButtonProps={{ "aria-label": t("close") }}>
      <Stack gap="lg">
        {preview.isPending && (
          <Group gap="sm" role="status">
            <Loader size="xs" />
            <Text size="sm">{t("preview.loading")}</Text>
          </Group>
        )}
        {preview.data && <ChangeList changes={preview.data.changes} />}
        {error && (
          <Alert color="orange" variant="light" role="alert" title={t("runs.cannot")}>
            {explain(error)}
          </Alert>
        )}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose}>
            {t(error ? "close" : "cancel")}
          </Button>
          {!preview.isError && (
            <Button loading={undo.isPending} disabled={!preview.isSuccess} onClick={() => undo.mutate()}>
              {t("undo")}
            </Button>
          )}
        </Group>
      </Stack>
    </Modal>
  );
}
