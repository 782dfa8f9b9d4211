/** Pages for what went wrong: an error with a retry, an address that leads nowhere. */
import { Button } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import { IconAlertTriangle, IconMapOff } from "@tabler/icons-react";
import { Link, useRouter } from "@tanstack/react-router";
import { t } from "../../messages/t";
import { EmptyState } from "../../ui/EmptyState";
import { explain } from "../changes";

export function Failure({ error }: { error: unknown }) {
  const router = useRouter();
  return (
    <main>
      <EmptyState
        page
        icon={<IconAlertTriangle size={32} stroke={1.4} />}
        title={t("failure.title")}
        text={explain(error)}
      >
        <Button variant="default" onClick={() => void router.invalidate()}>
          {t("retry")}
        </Button>
      </EmptyState>
    </main>
  );
}

/** `list` is where the record would stand. */
export function NotFound({ list }: { list?: { href: string; label: string } }) {
  useDocumentTitle(`${t("notfound.title")} – Nexus`);
  return (
    <EmptyState
      page
      icon={<IconMapOff size={32} stroke={1.4} />}
      title={t("notfound.title")}
      text={t("notfound.text")}
    >
      {list && (
        <Button component={Link} to={list.href}>
          {list.label}
        </Button>
      )}
      <Button component={Link} to="/" variant="default">
        {t("home")}
      </Button>
    </EmptyState>
  );
}
