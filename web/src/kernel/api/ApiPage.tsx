/** The API explorer: every operation of the OpenAPI document by app, to be tried as who is signed in, and GraphQL. */
import { Tabs } from "@mantine/core";
import { Suspense } from "react";
import { t } from "../../messages/t";
import { lazily } from "../../ui/lazily";
import { PageHeader } from "../../ui/PageHeader";
import { usePageSearch } from "../useSearch";

const Operations = lazily(() => import("./Operations").then((it) => it.Operations), { ahead: false });
const Console = lazily(() => import("./Console").then((it) => it.Console), { ahead: false });

export function ApiPage() {
  const [search, setSearch] = usePageSearch();
  const tab = search.tab === "graphql" ? "graphql" : "rest";
  return (
    <>
      <PageHeader crumbs={[]} title={t("api.title")} />
      <Tabs value={tab} onChange={(next) => setSearch({ tab: next ?? undefined })} keepMounted={false}>
        <Tabs.List>
          <Tabs.Tab value="rest">REST</Tabs.Tab>
          <Tabs.Tab value="graphql">GraphQL</Tabs.Tab>
        </Tabs.List>
        <Suspense fallback={null}>
          <Tabs.Panel value="rest">
            <Operations />
          </Tabs.Panel>
          <Tabs.Panel value="graphql">
            <Console />
          </Tabs.Panel>
        </Suspense>
      </Tabs>
    </>
  );
}
