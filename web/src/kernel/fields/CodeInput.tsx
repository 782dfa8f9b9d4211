/** Code and JSON in an editor that is fetched when the first one is seen; what is typed is there without it, too. */
import { Input } from "@mantine/core";
import { Suspense } from "react";
import type { Json } from "../../api/types";
import { lazily } from "../../ui/lazily";
import type { CommonProps } from "./FieldInput";
import classes from "./Fields.module.css";
import { wrapped } from "./wrapped";

const CodeEditor = lazily(() => import("./CodeEditor").then((it) => it.CodeEditor), { ahead: false });

interface Props {
  common: CommonProps;
  name: string;
  value: string;
  json?: boolean;
  onChange: (text: string | null) => void;
}

export function CodeInput({ common, name, value, json, onChange }: Props) {
  return (
    <Input.Wrapper {...wrapped(common)}>
      <div className={classes.code} data-error={common.error ? true : undefined}>
        <Suspense fallback={<pre className={classes.codeWaiting}>{value || " "}</pre>}>
          <CodeEditor
            name={name}
            value={value}
            json={json}
            invalid={Boolean(common.error)}
            onChange={onChange}
          />
        </Suspense>
      </div>
    </Input.Wrapper>
  );
}

/** JSON as text: what is typed stays text until it is saved. */
export function JsonInput({
  common,
  name,
  value,
  onChange,
}: {
  common: CommonProps;
  name: string;
  value: Json | undefined;
  onChange: (value: Json) => void;
}) {
  const shown =
    value === null || value === undefined
      ? ""
      : typeof value === "string"
        ? value
        : JSON.stringify(value, null, 2);
  return <CodeInput common={common} name={name} value={shown} json onChange={onChange} />;
}
