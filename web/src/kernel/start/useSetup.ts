/** What was answered so far, kept over a reload but for the password, and the company that is made of it. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { setUp } from "../../api/commands";
import { Problem } from "../../api/http";
import type { SetupOffer } from "../../api/types";
import { t } from "../../messages/t";
import { keptOf, useKept } from "../../ui/offline";
import { startAddress } from "../addresses";
import { explain } from "../changes";
import type { CompanyAnswers } from "./CompanyFields";
import { ownCountry } from "./countries";
import { PASSWORD_LEAST } from "./password";
import { dropSetupKey } from "./setupKey";
import { beginStart } from "./useStart";
import type { WorkAnswers } from "./WorkFields";
import type { YouAnswers } from "./YouFields";

export type Answers = CompanyAnswers & WorkAnswers & YouAnswers;
export type Asked = keyof Answers | "password";

const KEPT = "setup";

/** Which step asks for what. */
export const SETUP_STEPS = {
  company: ["company", "country", "currency"],
  work: ["kind", "apps"],
  you: ["name", "email", "password", "demo"],
} as const satisfies Record<string, Asked[]>;
export type SetupStep = keyof typeof SETUP_STEPS;
export const stepOf = (text: string | undefined): SetupStep =>
  text && text in SETUP_STEPS ? (text as SetupStep) : "company";

export type Setup = ReturnType<typeof useSetup>;

export function useSetup(offer: SetupOffer, key: string, onRefused: (reason: string) => void) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const usual = (country: string) => offer.countries.find(({ code }) => code === country)?.currency ?? "";
  const [answers, setAnswers] = useState<Answers>(() => {
    const found = ownCountry() ?? "";
    const country = usual(found) ? found : "";
    const start = { company: "", country, currency: usual(country), kind: "", apps: null };
    return { ...start, name: "", email: "", demo: false, ...keptOf<Answers>(KEPT) };
  });
  useKept(KEPT, answers);
  const [password, setPassword] = useState("");
  /** What the page itself misses. */
  const [missing, setMissing] = useState<Partial<Record<Asked, string>>>({});
  const making = useMutation({
    mutationFn: async () => {
      const { company, country, currency, name, email, demo } = answers;
      return (await setUp({ key, company, country, currency, name, email, password, demo })).data;
    },
    onSuccess: async ({ tenant, demo }) => {
      dropSetupKey();
      beginStart(tenant.slug, { apps: answers.apps, answered: true, samples: demo });
      client.clear();
      await navigate({ to: startAddress, search: { step: "people" }, replace: true });
    },
    onError: (error) => {
      if (error instanceof Problem && error.status === 403) onRefused(explain(error));
    },
  });
  const refused = making.error instanceof Problem ? making.error.errors : [];
  /** What was wrong is over as soon as something else is typed. */
  const forget = () => {
    setMissing({});
    if (making.isError) making.reset();
  };
  const change = (values: Partial<Answers>) => {
    forget();
    setAnswers((before) => {
      const after = { ...before, ...values };
      // The currency follows the country until another one was chosen.
      const follows = values.country !== undefined && before.currency === usual(before.country);
      return follows ? { ...after, currency: usual(after.country) } : after;
    });
  };
  /** Whether a step has all that it asks for; what it lacks is said beside the field. */
  const complete = (step: SetupStep): boolean => {
    const given: Partial<Record<Asked, unknown>> = { ...answers, password };
    const needed = SETUP_STEPS[step].filter(
      (field) => field !== "kind" && field !== "apps" && field !== "demo",
    );
    const lacks = needed.filter((field) => !String(given[field] ?? "").trim());
    const found: Partial<Record<Asked, string>> = Object.fromEntries(
      lacks.map((field) => [field, t("start.missing")]),
    );
    if (step === "you" && !found.password && [...password].length < PASSWORD_LEAST) {
      found.password = t("start.you.password", { count: PASSWORD_LEAST });
    }
    setMissing(found);
    return Object.keys(found).length === 0;
  };
  return {
    answers,
    password,
    setPassword: (next: string) => {
      forget();
      setPassword(next);
    },
    change,
    complete,
    making,
    /** The first step that something stands wrong in. */
    wrong: (problem: unknown): SetupStep | undefined => {
      const fields: string[] = problem instanceof Problem ? problem.errors.map(({ field }) => field) : [];
      const steps = Object.entries(SETUP_STEPS) as [SetupStep, readonly string[]][];
      return steps.find(([, asked]) => asked.some((field) => fields.includes(field)))?.[0];
    },
    errorOf: (field: Asked) => missing[field] ?? refused.find((error) => error.field === field)?.message,
  };
}
