/** The first page of an installation: it asks a stranger who has the server's key for what a company is made of. */
import { Paper, Text, Title } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { setupQuery } from "../../api/queries";
import type { SetupOffer } from "../../api/types";
import { t } from "../../messages/t";
import { KeyNeeded } from "./KeyNeeded";
import { SetupWizard } from "./SetupWizard";
import classes from "./Start.module.css";
import { dropSetupKey, keepSetupKey, setupKey } from "./setupKey";
import { useSetup } from "./useSetup";

export function SetupPage() {
  useDocumentTitle(`${t("start.title")} – Nexus`);
  const { data } = useQuery(setupQuery);
  return (
    <main className={classes.stage}>
      <Paper withBorder className={classes.card}>
        <header className={classes.welcome}>
          <img src="/favicon.svg" width={32} height={32} alt="" />
          <Title order={1}>{t("start.title")}</Title>
          <Text c="dimmed">{t("start.welcome")}</Text>
        </header>
        {data?.needed && <WithKey offer={data} />}
      </Paper>
    </main>
  );
}

function WithKey({ offer }: { offer: SetupOffer }) {
  const [key, setKey] = useState(setupKey);
  const [refused, setRefused] = useState<string>();
  const setup = useSetup(offer, key, (reason) => {
    dropSetupKey();
    setRefused(reason);
    setKey("");
  });
  if (key) return <SetupWizard offer={offer} setup={setup} />;
  return (
    <KeyNeeded
      refused={refused}
      onKey={(text) => {
        keepSetupKey(text);
        setKey(setupKey());
      }}
    />
  );
}
