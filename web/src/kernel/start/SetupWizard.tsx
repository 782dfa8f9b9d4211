/** The steps of a new installation: the company, what it does, who sets it up; then who is with them, once it is there. */
import { useMemo } from "react";
import type { SetupOffer } from "../../api/types";
import { t } from "../../messages/t";
import { usePageSearch } from "../useSearch";
import { CompanyFields } from "./CompanyFields";
import { countries, currencies } from "./countries";
import { SETUP_STEPS, type Setup, type SetupStep, stepOf } from "./useSetup";
import { Wizard } from "./Wizard";
import { WorkFields } from "./WorkFields";
import { YouFields } from "./YouFields";

interface Props {
  offer: SetupOffer;
  setup: Setup;
}

const ORDER = Object.keys(SETUP_STEPS) as SetupStep[];

export function SetupWizard({ offer, setup }: Props) {
  const [search, setSearch] = usePageSearch();
  const { answers, change, errorOf, making } = setup;
  const step = stepOf(search.step);
  const at = ORDER.indexOf(step);
  const go = (to: SetupStep | undefined) => to && setSearch({ step: to });
  const places = useMemo(() => countries(offer.countries.map(({ code }) => code)), [offer]);
  const money = useMemo(() => currencies(offer.countries.map(({ currency }) => currency)), [offer]);
  // Users and companies are there for everybody; nobody sets out with them.
  const apps = offer.apps.filter((app) => app.name !== "core");
  const next = () => {
    if (!setup.complete(step)) return;
    const following = ORDER[at + 1];
    if (following) return go(following);
    // Back, a reload or the address may have left an earlier step open.
    const open = ORDER.find((one) => !setup.complete(one));
    if (open) return go(open);
    making.mutate(undefined, { onError: (error) => go(setup.wrong(error)) });
  };
  return (
    <Wizard
      steps={[
        { name: "company", label: t("start.step.company") },
        { name: "work", label: t("start.step.work") },
        { name: "you", label: t("start.step.you") },
        { name: "people", label: t("start.step.people") },
      ]}
      step={step}
      next={t(step === "you" ? "start.create" : "start.next")}
      busy={making.isPending}
      doing={t(answers.demo ? "start.doing.demo" : "start.doing")}
      error={making.error && !setup.wrong(making.error) ? making.error : undefined}
      onBack={at > 0 ? () => go(ORDER[at - 1]) : undefined}
      onNext={next}
    >
      {step === "company" && (
        <CompanyFields
          answers={answers}
          countries={places}
          currencies={money}
          errorOf={errorOf}
          onChange={change}
        />
      )}
      {step === "work" && <WorkFields answers={answers} apps={apps} onChange={change} />}
      {step === "you" && (
        <YouFields
          answers={answers}
          password={setup.password}
          company={answers.company}
          errorOf={errorOf}
          onChange={change}
          onPassword={setup.setPassword}
        />
      )}
    </Wizard>
  );
}
