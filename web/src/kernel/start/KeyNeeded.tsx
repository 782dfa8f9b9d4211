/** Without the key that the server printed nobody sets a company up: where it is, and a place to put it. */
import { Button, Code, Stack, Text, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { t } from "../../messages/t";
import classes from "./Start.module.css";

interface Props {
  /** What was wrong with the one that was sent. */
  refused?: string;
  onKey: (text: string) => void;
}

export function KeyNeeded({ refused, onKey }: Props) {
  const [text, setText] = useState("");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (text.trim()) onKey(text);
  };
  return (
    <form noValidate className={classes.form} onSubmit={submit}>
      <Stack gap="lg">
        <Text>{t("start.key.text")}</Text>
        <Code block>{`${location.origin}/setup#…`}</Code>
        <TextInput
          label={t("start.key")}
          description={t("start.key.help")}
          autoComplete="off"
          spellCheck={false}
          autoFocus
          value={text}
          error={refused}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <div className={classes.foot}>
          <Button type="submit" disabled={!text.trim()}>
            {t("start.next")}
          </Button>
        </div>
      </Stack>
    </form>
  );
}
