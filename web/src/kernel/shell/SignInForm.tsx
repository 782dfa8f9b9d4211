/** Email and password, on the page for strangers and where a session has ended. */
import { Alert, Button, PasswordInput, Stack, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { signIn } from "../../api/commands";
import { Problem } from "../../api/http";
import { t } from "../../messages/t";
import { explain } from "../changes";
import classes from "./Login.module.css";

interface Props {
  /** Who it can only be. */
  known?: string;
  onSignedIn: () => unknown;
  children: ReactNode;
}

export function SignInForm({ known, onSignedIn, children }: Props) {
  const [email, setEmail] = useState(known ?? "");
  const [password, setPassword] = useState("");
  const signing = useMutation({ mutationFn: () => signIn(email, password), onSuccess: onSignedIn });
  const problem = signing.error instanceof Problem ? signing.error : null;
  const errorOf = (field: string) => problem?.errors.find((one) => one.field === field)?.message;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (!signing.isPending) signing.mutate();
      }}
    >
      <Stack gap="lg">
        {children}
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
          autoFocus={!known}
          readOnly={Boolean(known)}
          value={email}
          error={errorOf("email")}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <PasswordInput
          label={t("signin.password")}
          autoComplete="current-password"
          required
          withAsterisk={false}
          data-autofocus={Boolean(known) || undefined}
          value={password}
          error={errorOf("password")}
          aria-invalid={errorOf("password") ? true : undefined}
          visibilityToggleButtonProps={{ "aria-label": t("signin.show") }}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <Button type="submit" fullWidth loading={signing.isPending}>
          {t("signin")}
        </Button>
      </Stack>
    </form>
  );
}
