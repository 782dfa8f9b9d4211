/** Who is with the company already, and how another one is added. */
import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Suspense, useId, useState } from "react";
import { listQuery } from "../../api/queries";
import type { RecordData } from "../../api/types";
import { t } from "../../messages/t";
import { lazily } from "../../ui/lazily";
import { findObject, titleOf, useMeta } from "../meta";
import classes from "./Start.module.css";

const CreateDialog = lazily(() => import("../record/CreateDialog").then((it) => it.CreateDialog));

const USER = "core.user";

/** `samples` came with the sample data. */
export function People({ samples }: { samples: { email: string; title: string }[] }) {
  const heading = useId();
  const [adding, setAdding] = useState(false);
  const object = findObject(useMeta(), USER);
  const users = useInfiniteQuery({
    ...listQuery(object?.path ?? "", { sort: "created_at" }),
    enabled: Boolean(object),
  });
  if (!object) return null;
  const people = users.data?.pages.flatMap((page) => page.data) ?? [];
  const about = ({ email }: RecordData) =>
    [email, samples.find((sample) => sample.email === email)?.title].filter(Boolean).join(" · ");
  return (
    <section aria-labelledby={heading}>
      <h2 id={heading} className={classes.label}>
        {t("start.who")}
      </h2>
      <ul className={classes.people}>
        {people.map((user) => (
          <li key={String(user.id)}>
            {titleOf(object, user)} <span className={classes.quiet}>{about(user)}</span>
          </li>
        ))}
      </ul>
      {samples.length > 0 && <p className={classes.note}>{t("start.samples")}</p>}
      <Button variant="default" leftSection={<IconPlus size={16} />} onClick={() => setAdding(true)}>
        {t("start.add")}
      </Button>
      <Suspense>
        {adding && (
          <CreateDialog
            object={object}
            title=""
            onCreated={() => setAdding(false)}
            onClose={() => setAdding(false)}
          />
        )}
      </Suspense>
    </section>
  );
}
