/** A file of a record: chosen or dropped, with how much has arrived; a picture is seen, a signature is drawn. */
import { Button, Group, Input, Progress, Text } from "@mantine/core";
import { IconPencil, IconUpload, IconX } from "@tabler/icons-react";
import { Suspense, useRef, useState } from "react";
import type { Json, MetaField } from "../../api/types";
import { t } from "../../messages/t";
import { lazily } from "../../ui/lazily";
import type { CommonProps } from "./FieldInput";
import classes from "./Fields.module.css";
import { FileValue, PictureValue } from "./FileValue";
import { useDrop } from "./useDrop";
import { useUploads } from "./useUploads";
import { wrapped } from "./wrapped";

const SignaturePad = lazily(() => import("./SignaturePad").then((it) => it.SignaturePad), { ahead: false });

interface Props {
  common: CommonProps;
  field: MetaField;
  value: Json | undefined;
  onChange: (value: Json) => void;
}

export function FileInput({ common, field, value, onChange }: Props) {
  const chooser = useRef<HTMLInputElement>(null);
  const [drawing, setDrawing] = useState(false);
  const uploads = useUploads((_, { id }) => onChange(id));
  const { over, ...drop } = useDrop((files) => uploads.add(files.slice(0, 1)));
  const id = typeof value === "string" && value ? value : null;
  const signs = field.type === "signature";
  const [sending] = uploads.list;
  return (
    <Input.Wrapper {...wrapped(common)}>
      {/* biome-ignore lint/a11y/useSemanticElements: the label stands above, as with every field */}
      <div
        role="group"
        aria-label={field.label}
        className={classes.file}
        data-over={over || undefined}
        {...drop}
      >
        {id &&
          (field.type === "file" ? (
            <FileValue id={id} linked />
          ) : (
            <PictureValue id={id} label={field.label} linked />
          ))}
        {sending && (
          <div className={classes.sending}>
            {sending.failure ? (
              <Text size="xs" c="var(--mantine-color-error)" role="alert">
                {sending.failure}
              </Text>
            ) : (
              <Progress
                value={sending.percent}
                size="sm"
                aria-label={t("file.sending", { name: sending.name })}
              />
            )}
          </div>
        )}
        {drawing ? (
          <Suspense>
            <SignaturePad
              label={field.label}
              onDone={(file) => {
                setDrawing(false);
                uploads.add([file]);
              }}
              onClose={() => setDrawing(false)}
            />
          </Suspense>
        ) : (
          <Group gap="xs">
            <Button
              size="xs"
              variant="default"
              leftSection={
                signs ? <IconPencil size={14} stroke={1.6} /> : <IconUpload size={14} stroke={1.6} />
              }
              onClick={() => (signs ? setDrawing(true) : chooser.current?.click())}
            >
              {t(signs ? "signature.draw" : id ? "file.replace" : "file.choose")}
            </Button>
            {(id || sending) && (
              <Button
                size="xs"
                variant="subtle"
                color="gray"
                leftSection={<IconX size={14} stroke={1.6} />}
                onClick={() => {
                  if (sending) uploads.drop(sending.key);
                  else onChange(null);
                }}
              >
                {t("clear")}
              </Button>
            )}
          </Group>
        )}
        <input
          ref={chooser}
          type="file"
          hidden
          accept={field.type === "image" ? "image/*" : undefined}
          aria-label={t("file.choose")}
          onChange={(event) => {
            uploads.add([...(event.currentTarget.files ?? [])]);
            event.currentTarget.value = "";
          }}
        />
      </div>
    </Input.Wrapper>
  );
}
