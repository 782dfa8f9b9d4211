/** How many hits there are of each kind; one of each facet narrows the search to it. */
import { useMediaQuery } from "@mantine/hooks";
import type { ReactNode } from "react";
import type { SearchFacet, SearchFacets } from "../../api/types";
import type { MessageKey } from "../../messages/t";
import { t } from "../../messages/t";
import { formatCount } from "../../ui/format";
import { PHONE } from "../shell/phone";
import { usePageSearch } from "../useSearch";
import classes from "./Search.module.css";

const FACETS = [
  ["app", "search.app"],
  ["object", "search.object"],
  ["owner", "search.owner"],
  ["time", "search.time"],
] as const satisfies [keyof SearchFacets, MessageKey][];

const TIMES: Record<string, MessageKey> = {
  day: "search.day",
  week: "search.week",
  month: "search.month",
  year: "search.year",
  older: "search.older",
};

/** Without an answer it keeps their place. */
export function Facets({ facets }: { facets: SearchFacets | undefined }) {
  const [search, setSearch] = usePageSearch();
  return (
    <Folded label={t("search.facets")}>
      {FACETS.map(([name, label]) => {
        const chosen = search[name];
        const values = facets?.[name] ?? [];
        if (values.length < 2 && !chosen) return null;
        return (
          <fieldset key={name}>
            <legend>{t(label)}</legend>
            {values.map((facet) => (
              <button
                key={facet.value}
                type="button"
                className={classes.facet}
                aria-pressed={chosen === facet.value}
                onClick={() => setSearch({ [name]: chosen === facet.value ? undefined : facet.value })}
              >
                <span className="truncate">{labelOf(name, facet)}</span>
                <span className="num">{formatCount(facet.count)}</span>
              </button>
            ))}
            {chosen && values.every(({ value }) => value !== chosen) && (
              <button
                type="button"
                className={classes.facet}
                onClick={() => setSearch({ [name]: undefined })}
              >
                {t("filter.clear")}
              </button>
            )}
          </fieldset>
        );
      })}
    </Folded>
  );
}

/** On a phone what was found goes first. */
function Folded({ label, children }: { label: string; children: ReactNode }) {
  const phone = useMediaQuery(PHONE, undefined, { getInitialValueInEffect: false });
  if (!phone) {
    return (
      <section aria-label={label} className={classes.facets}>
        {children}
      </section>
    );
  }
  return (
    <details className={classes.facets}>
      <summary>{label}</summary>
      {children}
    </details>
  );
}

function labelOf(name: keyof SearchFacets, facet: SearchFacet): string {
  const time = name === "time" && TIMES[facet.value];
  return time ? t(time) : facet.label || t("link.hidden");
}
