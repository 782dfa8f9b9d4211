/** Who may do what with the records of an object: what is granted here, role by role. */
import { Button, Checkbox, NativeSelect, TextInput } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useState } from "react";
import type { JsonObject, MetaObject } from "../../api/types";
import { t } from "../../messages/t";
import { fullNameOf } from "../meta";
import { isOwn, labelOf } from "./names";
import type { PartProps } from "./ObjectStudio";
import { useRoles } from "./own";
import { RoleDialog } from "./RoleDialog";
import classes from "./Studio.module.css";
import { StudioDialog } from "./StudioDialog";
import { accessSet, table, texts, verbsOf } from "./sets";

interface Grant {
  verbs: string[];
  rows: string;
}
type Grants = Record<string, Grant>;

/** An administrator may everything, whatever is said here. */
const NEVER = new Set(["administrator"]);

const grantsOf = (own: JsonObject): Grants =>
  Object.fromEntries(
    Object.entries(table(own.access)).map(([role, entry]) => [
      role,
      { verbs: texts(table(entry).verbs), rows: String(table(entry).rows ?? "") },
    ]),
  );

const VERBS = {
  read: "studio.verb.read",
  create: "studio.verb.create",
  update: "studio.verb.update",
  delete: "studio.verb.delete",
  export: "studio.verb.export",
} as const;

function verbLabel(object: MetaObject, verb: string): string {
  if (verb in VERBS) return t(VERBS[verb as keyof typeof VERBS]);
  return object.actions.find((action) => action.name === verb)?.label ?? labelOf(verb);
}

export function AccessPart({ object, own, asked, onAsk }: PartProps) {
  const base = grantsOf(own);
  // Only what differs is held, so that what is saved or undone shows at once.
  const [typed, setTyped] = useState<Grants>({});
  const [asking, setAsking] = useState(false);
  const known = useRoles();
  const grants: Grants = { ...base, ...typed };
  const roles = Object.keys(grants);
  const verbs = verbsOf(object);
  const full = fullNameOf(object);
  const changed = Object.entries(typed).filter(
    ([role, grant]) => JSON.stringify(grant) !== JSON.stringify(base[role] ?? { verbs: [], rows: "" }),
  );
  const set = Object.assign(
    {},
    ...changed.map(([role, { verbs, rows }]) => accessSet(own, role, verbs, rows)),
  );
  const put = (role: string, change: Partial<Grant>) =>
    setTyped({ ...typed, [role]: { ...(grants[role] ?? { verbs: [], rows: "" }), ...change } });
  const others = known.filter((role) => !roles.includes(role) && !NEVER.has(role));
  return (
    <>
      <div className={classes.partHead}>
        <p className="quiet">{t(isOwn(full) ? "studio.access.about.own" : "studio.access.about")}</p>
        {changed.length > 0 && (
          <Button variant="default" onClick={() => setTyped({})}>
            {t("discard")}
          </Button>
        )}
        <Button disabled={changed.length === 0} onClick={() => setAsking(true)}>
          {t("studio.access.save")}
        </Button>
      </div>
      {roles.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table is scrolled by keys, too
        <section className={classes.scroller} tabIndex={0} aria-label={t("studio.part.access")}>
          <table className={classes.table}>
            <thead>
              <tr>
                <th scope="col">{t("studio.role")}</th>
                {verbs.map((verb) => (
                  <th key={verb} scope="col" className={classes.verb}>
                    {verbLabel(object, verb)}
                  </th>
                ))}
                <th scope="col">{t("studio.access.rows")}</th>
              </tr>
            </thead>
            <tbody>
              {Object.entries(grants).map(([role, grant]) => (
                <tr key={role}>
                  <th scope="row">{labelOf(role)}</th>
                  {verbs.map((verb) => (
                    <td key={verb} className={classes.verb}>
                      <Checkbox
                        aria-label={t("studio.access.may", {
                          role: labelOf(role),
                          verb: verbLabel(object, verb),
                        })}
                        checked={grant.verbs.includes(verb)}
                        onChange={(event) =>
                          put(role, {
                            verbs: event.currentTarget.checked
                              ? verbs.filter((one) => one === verb || grant.verbs.includes(one))
                              : grant.verbs.filter((one) => one !== verb),
                          })
                        }
                      />
                    </td>
                  ))}
                  <td>
                    <TextInput
                      aria-label={t("studio.access.rows.of", { role: labelOf(role) })}
                      placeholder={t("studio.access.rows.all")}
                      classNames={{ input: classes.mono }}
                      miw={180}
                      value={grant.rows}
                      onChange={(event) => put(role, { rows: event.currentTarget.value })}
                    />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
      <div className={classes.adder}>
        <NativeSelect
          aria-label={t("studio.access.add")}
          data={[
            { value: "", label: t("studio.access.add") },
            ...others.map((role) => ({ value: role, label: labelOf(role) })),
          ]}
          value=""
          onChange={(event) =>
            event.currentTarget.value && put(event.currentTarget.value, { verbs: ["read"] })
          }
        />
        <Button
          variant="subtle"
          leftSection={<IconPlus size={16} aria-hidden />}
          onClick={() => onAsk("new-role")}
        >
          {t("studio.role.add")}
        </Button>
      </div>
      {asked === "new-role" && <RoleDialog onClose={() => onAsk(null)} />}
      {asking && (
        <StudioDialog
          title={t("studio.access.title", { name: object.label })}
          change={{ object: full, set }}
          done={t("studio.access.saved")}
          onClose={() => setAsking(false)}
          onDone={() => setTyped({})}
        />
      )}
    </>
  );
}
