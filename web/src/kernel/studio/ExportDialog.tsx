/** Everything that the company declared for itself, as the files that an app would ship. */
import { Button, CopyButton, Group, Modal, NativeSelect, Stack, Text } from "@mantine/core";
import { IconCheck, IconCopy, IconDownload, IconFileZip } from "@tabler/icons-react";
import { useState } from "react";
import { t } from "../../messages/t";
import { fileOf, type Own } from "./manifests";
import { TomlText } from "./TomlText";

/** Hands something to the browser as a file. */
function hand(name: string, content: BlobPart, type: string): void {
  const address = URL.createObjectURL(new Blob([content], { type }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}

async function handAll(owns: Own[]): Promise<void> {
  const { strToU8, zipSync } = await import("fflate");
  const files = Object.fromEntries(owns.map((own) => [fileOf(own), strToU8(own.text)]));
  hand("custom.zip", zipSync(files).slice(), "application/zip");
}

interface Props {
  owns: Own[];
  onClose: () => void;
}

export function ExportDialog({ owns, onClose }: Props) {
  const files = owns.toSorted((a, b) => fileOf(a).localeCompare(fileOf(b)));
  const [file, setFile] = useState(files[0] ? fileOf(files[0]) : "");
  const shown = files.find((one) => fileOf(one) === file);
  return (
    <Modal
      opened
      onClose={onClose}
      title={t("studio.export")}
      size="xl"
      closeButtonProps={{ "aria-label": t("close") }}
    >
      <Stack gap="md">
        <Text size="sm">{t("studio.export.about")}</Text>
        <NativeSelect
          label={t("studio.export.file")}
          data={files.map(fileOf)}
          value={file}
          onChange={(event) => setFile(event.currentTarget.value)}
        />
        {shown && <TomlText text={shown.text} />}
        <Group gap="sm" justify="flex-end">
          {shown && (
            <>
              <CopyButton value={shown.text}>
                {({ copied, copy }) => (
                  <Button
                    variant="default"
                    leftSection={
                      copied ? <IconCheck size={16} aria-hidden /> : <IconCopy size={16} aria-hidden />
                    }
                    onClick={copy}
                  >
                    {t(copied ? "studio.copied" : "studio.copy")}
                  </Button>
                )}
              </CopyButton>
              <Button
                variant="default"
                leftSection={<IconDownload size={16} aria-hidden />}
                onClick={() => hand(file.split("/").at(-1) ?? file, shown.text, "application/toml")}
              >
                {t("studio.export.one")}
              </Button>
            </>
          )}
          <Button leftSection={<IconFileZip size={16} aria-hidden />} onClick={() => void handAll(files)}>
            {t("studio.export.all")}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
