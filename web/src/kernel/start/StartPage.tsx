/** A company that is there, and its administrator: what it is called, where it is, what it does, who is with it. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { updateRecord } from "../../api/commands";
import { Problem } from "../../api/http";
import { metaQuery, recordQuery } from "../../api/queries";
import type { Company, Json, MetaObject, RecordData } from "../../api/types";
import { t } from "../../messages/t";
import { PageHeader } from "../../ui/PageHeader";
import { useChanges } from "../changes";
import { findObject, hasPages, useMeta } from "../meta";
import { NotFound } from "../shell/Failure";
import { usePageSearch } from "../useSearch";
import { CompanyFields } from "./CompanyFields";
import { countries } from "./countries";
import { People } from "./People";
import classes from "./Start.module.css";
import { isAdministrator, useStart } from "./useStart";
import { Wizard } from "./Wizard";
import { type WorkAnswers, WorkFields } from "./WorkFields";

export function StartPage() {
  const meta = useMeta();
  const object = findObject(meta, "core.company");
  const company = meta.company;
  const record = useQuery({
    ...recordQuery(object?.path ?? "", company?.id ?? "", ""),
    enabled: Boolean(object && company),
  });
  if (!object || !company || !isAdministrator(meta) || record.isError) return <NotFound />;
  if (!record.data) return null;
  return <Questions object={object} company={company} record={record.data} />;
}

interface Props {
  object: MetaObject;
  company: Company;
  record: RecordData;
}

const textOf = (value: Json | undefined): string => (typeof value === "string" ? value : "");
const STEPS = ["company", "work", "people"] as const;

function Questions({ object, company, record }: Props) {
  const meta = useMeta();
  const client = useQueryClient();
  const navigate = useNavigate();
  const changes = useChanges();
  const [search, setSearch] = usePageSearch();
  const [start, keep] = useStart();
  const [name, setName] = useState(textOf(record.name));
  const [country, setCountry] = useState(textOf(record.country));
  const [work, setWork] = useState<WorkAnswers>({ kind: "", apps: start.apps });
  const apps = meta.apps.filter((app) => app.name !== "core" && hasPages(app));
  const step = STEPS.find((one) => one === search.step) ?? "company";
  const at = STEPS.indexOf(step);
  const changed = name !== record.name || country !== record.country;
  const save = useMutation({
    mutationFn: async () =>
      (await updateRecord(object.path, company.id, { name, country }, record.version)).run,
    onSuccess: async (run) => {
      setSearch({ step: "work" });
      await client.invalidateQueries(metaQuery);
      await changes.done(t("saved"), run);
    },
  });
  const errors = save.error instanceof Problem ? save.error.errors : [];
  // The record calls its name what the set-up calls the company.
  const errorOf = (field: string) =>
    errors.find((error) => error.field === (field === "company" ? "name" : field))?.message;
  const next = () => {
    if (step === "company" && changed) return save.mutate();
    if (step === "work") keep({ apps: work.apps });
    const following = STEPS[at + 1];
    if (following) return setSearch({ step: following });
    keep({ answered: true, hidden: false });
    void navigate({ to: "/" });
  };
  return (
    <div className={classes.page}>
      <PageHeader crumbs={[]} title={t("start.title")} />
      <Wizard
        steps={STEPS.map((one) => ({ name: one, label: t(`start.step.${one}`) }))}
        step={step}
        next={t(step === "people" ? "start.go" : "start.next")}
        busy={save.isPending}
        error={errors.length === 0 ? save.error : undefined}
        onBack={at > 0 ? () => setSearch({ step: STEPS[at - 1] }) : undefined}
        onNext={next}
      >
        {step === "company" && (
          <CompanyFields
            answers={{ company: name, country, currency: company.currency }}
            countries={countries()}
            errorOf={errorOf}
            onChange={(change) => {
              if (change.company !== undefined) setName(change.company);
              if (change.country !== undefined) setCountry(change.country);
            }}
          />
        )}
        {step === "work" && <WorkFields answers={work} apps={apps} onChange={setWork} />}
        {step === "people" && (
          <>
            <People samples={start.samples ?? []} />
            <p className={classes.quiet}>{t("start.own")}</p>
          </>
        )}
      </Wizard>
    </div>
  );
}
