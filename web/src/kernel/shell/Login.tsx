/** Sign-in. */
import { Alert, Button, Paper, PasswordInput, Stack, Text, TextInput, Title } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { signIn } from "../../api/commands";
import { Problem } from "../../api/http";
import { t } from "../../messages/t";
import { explain } from "../changes";
import classes from "./Login.module.css";

export function Login() {
  useDocumentTitle(`${t("signin")} – Nexus`);
  const client = useQueryClient();
  const navigate = useNavigate();
  const search: { next?: string } = useSearch({ strict: false });
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const signing = useMutation({
    mutationFn: () => signIn(email, password),
    onSuccess: async () => {
      client.clear();
      const next = search.next?.startsWith("/") && !search.next.startsWith("//") ? search.next : "/";
      await navigate({ href: next, replace: true });
    },
  });
  const problem = signing.error instanceof Problem ? signing.error : null;
  const errorOf = (field: string) => problem?.errors.find((one) => one.field === field)?.message;
  return (
    <main className={classes.page}>
      <Paper withBorder className={classes.card}>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            signing.mutate();
          }}
        >
          <Stack gap="lg">
            <div>
              <img src="/favicon.svg" width={32} height={32} alt="" />
              <Title order={1} mt="md">
                {t("signin.title")}
              </Title>
              <Text size="sm" c="dimmed">
                {t("signin.text")}
              </Text>
            </div>
            {signing.error && !(errorOf("email") || errorOf("password")) && (
              <Alert color="red" variant="light" role="alert" classNames={{ message: classes.alert }}>
                {explain(signing.error)}
              </Alert>
            )}
            <TextInput
              label={t("signin.email")}
              type="email"
              autoComplete="username"
              required
              withAsterisk={false}
              autoFocus
              value={email}
              error={errorOf("email")}
              onChange={(event) => setEmail(event.currentTarget.value)}
            />
            <PasswordInput
              label={t("signin.password")}
              autoComplete="current-password"
              required
              withAsterisk={false}
              value={password}
              error={errorOf("password")}
              visibilityToggleButtonProps={{ "aria-label": t("signin.show") }}
              onChange={(event) => setPassword(event.currentTarget.value)}
            />
            <Button type="submit" fullWidth loading={signing.isPending}>
              {t("signin")}
            </Button>
          </Stack>
        </form>
      </Paper>
    </main>
  );
}
