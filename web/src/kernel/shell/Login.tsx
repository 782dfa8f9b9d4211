/** Sign-in. */
import { Paper, Text, Title } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { t } from "../../messages/t";
import classes from "./Login.module.css";
import { SignInForm } from "./SignInForm";

export function Login() {
  useDocumentTitle(`${t("signin")} – Nexus`);
  const client = useQueryClient();
  const navigate = useNavigate();
  const search: { next?: string } = useSearch({ strict: false });
  const enter = () => {
    client.clear();
    const next = search.next?.startsWith("/") && !search.next.startsWith("//") ? search.next : "/";
    return navigate({ href: next, replace: true });
  };
  return (
    <main className={classes.page}>
      <Paper withBorder className={classes.card}>
        <SignInForm onSignedIn={enter}>
          <div>
            <img src="/favicon.svg" width={32} height={32} alt="" />
            <Title order={1} mt="md">
              {t("signin.title")}
            </Title>
            <Text size="sm" c="dimmed">
              {t("signin.text")}
            </Text>
          </div>
        </SignInForm>
      </Paper>
    </main>
  );
}
