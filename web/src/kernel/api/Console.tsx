/** A console for GraphQL: a document, its variables, and what is answered. */
import { Button, Code, Stack, Textarea } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, type KeyboardEvent, useState } from "react";
import { Problem, send } from "../../api/http";
import type { Json } from "../../api/types";
import { t } from "../../messages/t";

const EXAMPLE = `query {
  contacts_list_party(limit: 5, count: "exact") {
    count
    data { id name created_at created_by { name } }
  }
}`;

async function ask({ query, variables }: { query: string; variables: string }): Promise<Json> {
  const given = variables.trim() ? (JSON.parse(variables) as Json) : null;
  return (await send<Json>("graphql", { method: "POST", body: { query, variables: given } })).data;
}

export function Console() {
  const [query, setQuery] = useState(EXAMPLE);
  const [variables, setVariables] = useState("");
  const asking = useMutation({ mutationFn: ask });
  const run = () => asking.mutate({ query, variables });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    run();
  };
  const keys = (event: KeyboardEvent) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) run();
  };
  const { error } = asking;
  const notSent = error && (error instanceof Problem ? error.message : t("api.variables.wrong"));
  return (
    <form onSubmit={submit}>
      <Stack gap="sm" mt="md">
        <Textarea
          label={t("api.query")}
          description={t("api.query.help")}
          value={query}
          onChange={(event) => setQuery(event.currentTarget.value)}
          onKeyDown={keys}
          autosize
          minRows={8}
          maxRows={24}
          ff="monospace"
          spellCheck={false}
        />
        <Textarea
          label={t("api.variables")}
          placeholder="{}"
          value={variables}
          onChange={(event) => setVariables(event.currentTarget.value)}
          onKeyDown={keys}
          autosize
          minRows={2}
          maxRows={12}
          error={notSent}
          spellCheck={false}
        />
        <div>
          <Button type="submit" loading={asking.isPending}>
            {t("api.run")}
          </Button>
        </div>
        {asking.data !== undefined && (
          <Code block aria-label={t("api.answer")} tabIndex={0} role="region">
            {JSON.stringify(asking.data, null, 2)}
          </Code>
        )}
      </Stack>
    </form>
  );
}
