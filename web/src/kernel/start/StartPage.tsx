/** Five questions to a new administrator: the company, its country and currency, what it does, who is with it. */
import { Alert, Button, Checkbox, NativeSelect, Stack, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { updateRecord } from "../../api/commands";
import { Problem } from "../../api/http";
import { metaQuery, recordQuery } from "../../api/queries";
import type { Company, Json, MetaObject, RecordData } from "../../api/types";
import { t } from "../../messages/t";
import { currencyName } from "../../ui/format";
import { PageHeader } from "../../ui/PageHeader";
import { explain, useChanges } from "../changes";
import { findObject, hasPages, useMeta } from "../meta";
import { NotFound } from "../shell/Failure";
import { countries } from "./countries";
import { People } from "./People";
import classes from "./Start.module.css";
import { isAdministrator, useStart } from "./useStart";

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

function Questions({ object, company, record }: Props) {
  const meta = useMeta();
  const client = useQueryClient();
  const navigate = useNavigate();
  const changes = useChanges();
  const [start, keep] = useStart();
  const [name, setName] = useState(textOf(record.name));
  const [country, setCountry] = useState(textOf(record.country));
  const apps = meta.apps.filter((app) => app.name !== "core" && hasPages(app));
  const [chosen, setChosen] = useState(start.apps ?? apps.map((app) => app.name));
  const changed = name !== record.name || country !== record.country;
  const save = useMutation({
    mutationFn: async () =>
      changed ? (await updateRecord(object.path, company.id, { name, country }, record.version)).run : null,
    onSuccess: async (run) => {
      keep({ answered: true, hidden: false, apps: chosen });
      if (changed) {
        await client.invalidateQueries(metaQuery);
        await changes.done(t("saved"), run);
      }
      await navigate({ to: "/" });
    },
  });
  const errors = save.error instanceof Problem ? save.error.errors : [];
  const errorOf = (field: string) => errors.find((error) => error.field === field)?.message;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  return (
    <div className={classes.page}>
      <PageHeader crumbs={[]} title={t("start.title")} />
      <form onSubmit={submit} className={classes.form} noValidate>
        <Stack gap="xl">
          <TextInput
            label={t("start.name")}
            required
            withAsterisk={false}
            value={name}
            error={errorOf("name")}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <NativeSelect
            label={t("start.country")}
            description={t("start.country.help")}
            data={countries()}
            value={country}
            error={errorOf("country")}
            onChange={(event) => setCountry(event.currentTarget.value)}
          />
          <TextInput
            label={t("start.currency")}
            description={t("start.currency.help")}
            readOnly
            value={`${company.currency} – ${currencyName(company.currency)}`}
          />
          <Checkbox.Group
            label={t("start.apps")}
            description={t("start.apps.help")}
            value={chosen}
            onChange={setChosen}
          >
            <div className={classes.apps}>
              {apps.map((app) => (
                <Checkbox key={app.name} value={app.name} label={app.label} description={app.about} />
              ))}
            </div>
          </Checkbox.Group>
          <People />
          {save.error && errors.length === 0 && (
            <Alert color="red" variant="light" role="alert" title={t("save.failed")}>
              {explain(save.error)}
            </Alert>
          )}
          <div className={classes.foot}>
            <Button component={Link} to="/" variant="default">
              {t("cancel")}
            </Button>
            <Button type="submit" loading={save.isPending}>
              {t("start.go")}
            </Button>
          </div>
          <p className={classes.quiet}>{t("start.own")}</p>
        </Stack>
      </form>
    </div>
  );
}
