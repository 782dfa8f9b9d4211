/** Who is with the company already, and how another one is added. */
import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { lazy, Suspense, useId, useState } from "react";
import { listQuery } from "../../api/queries";
import { t } from "../../messages/t";
import { findObject, titleOf, useMeta } from "../meta";
import classes from "./Start.module.css";

const CreateDialog = lazy(() =>
  import("../record/CreateDialog").then((module) => ({ default: module.CreateDialog })),
);

const USER = "core.user";

export function People() {
  const heading = useId();
  const [adding, setAdding] = useState(false);
  const object = findObject(useMeta(), USER);
  const users = useInfiniteQuery({
    ...listQuery(object?.path ?? "", { sort: "created_at" }),
    enabled: Boolean(object),
  });
  if (!object) return null;
  const people = users.data?.pages.flatMap((page) => page.data) ?? [];
  return (
    <section aria-labelledby={heading}>
      <h2 id={heading} className={classes.label}>
        {t("start.who")}
      </h2>
      <ul className={classes.people}>
        {people.map((user) => (
          <li key={String(user.id)}>
            {titleOf(object, user)} <span className={classes.quiet}>{String(user.email ?? "")}</span>
          </li>
        ))}
      </ul>
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
