/** The search part of the address as plain text values, and how to change some of them. */
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useCallback } from "react";

export type Search = Record<string, string | undefined>;

/** Values that are undefined or empty leave the address; `replace` adds no step to Back. */
export function usePageSearch(): [Search, (change: Search, replace?: boolean) => void] {
  const search: Search = useSearch({ strict: false });
  const navigate = useNavigate();
  const change = useCallback(
    (values: Search, replace = false) => {
      void navigate({
        to: ".",
        replace,
        search: (previous: Search) => {
          const next: Record<string, string> = {};
          for (const [key, value] of Object.entries({ ...previous, ...values })) {
            if (value) next[key] = value;
          }
          return next;
        },
      });
    },
    [navigate],
  );
  return [search, change];
}
