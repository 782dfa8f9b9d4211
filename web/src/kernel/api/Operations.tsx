/** An app's operations to try, by Swagger UI; it asks with the session and company of this browser. */
import { NativeSelect, useComputedColorScheme } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import SwaggerUI from "swagger-ui-dist/swagger-ui-es-bundle.js";
import "swagger-ui-dist/swagger-ui.css";
import { get, headersOf, type RequestOptions } from "../../api/http";
import { t } from "../../messages/t";
import { usePageSearch } from "../useSearch";

interface Operation {
  tags?: string[];
}

interface Document {
  tags: { name: string; description: string }[];
  paths: Record<string, Record<string, Operation>>;
}

/** The document with the operations of one app alone: all of them at once are more than a page can show. */
function onlyOf(document: Document, app: string): Document {
  const belongs = (item: Record<string, Operation>) =>
    Object.values(item).some((one) => one.tags?.includes(app));
  return {
    ...document,
    tags: document.tags.filter((tag) => tag.name === app),
    paths: Object.fromEntries(Object.entries(document.paths).filter(([, item]) => belongs(item))),
  };
}

export function Operations() {
  const [search, setSearch] = usePageSearch();
  const place = useRef<HTMLDivElement>(null);
  const scheme = useComputedColorScheme("light");
  const { data: document } = useQuery({
    queryKey: ["openapi"],
    queryFn: ({ signal }) => get<Document>("openapi.json", {}, signal),
  });
  const app = search.app ?? document?.tags[0]?.name;
  useEffect(() => {
    window.document.documentElement.classList.toggle("dark-mode", scheme === "dark");
    return () => window.document.documentElement.classList.remove("dark-mode");
  }, [scheme]);
  useEffect(() => {
    if (!place.current || !document || !app) return;
    SwaggerUI({
      domNode: place.current,
      spec: onlyOf(document, app),
      docExpansion: "list",
      defaultModelsExpandDepth: -1,
      filter: true,
      tryItOutEnabled: true,
      // Nothing is asked of another server, not even whether the document is sound.
      validatorUrl: null,
      requestInterceptor: (request) => {
        const own = headersOf({ method: request.method as RequestOptions["method"] });
        for (const [name, value] of own) if (name !== "accept") request.headers[name] = value;
        return request;
      },
    });
  }, [document, app]);
  return (
    <>
      <NativeSelect
        label={t("api.app")}
        mt="md"
        w={280}
        value={app ?? ""}
        onChange={(event) => setSearch({ app: event.currentTarget.value })}
        data={document?.tags.map((tag) => ({ value: tag.name, label: tag.name })) ?? []}
      />
      <div ref={place} />
    </>
  );
}
