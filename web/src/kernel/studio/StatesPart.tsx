/** The states of an object and the ways between them; further ones stand for one that the app knows. */
import { ActionIcon, Button } from "@mantine/core";
import { IconArrowRight, IconPencil, IconPlus, IconTrash } from "@tabler/icons-react";
import { useState } from "react";
import type { MetaState } from "../../api/types";
import { t } from "../../messages/t";
import { EmptyState } from "../../ui/EmptyState";
import { StateBadge, toneOf } from "../../ui/StateBadge";
import { fullNameOf } from "../meta";
import { Mark } from "./Mark";
import { isOwn } from "./names";
import type { PartProps } from "./ObjectStudio";
import { StateDiagram } from "./StateDiagram";
import { StateDialog } from "./StateDialog";
import classes from "./Studio.module.css";
import { StudioDialog } from "./StudioDialog";
import { table, takeState } from "./sets";

const NEW = "new-state";

export function StatesPart({ object, own, asked, onAsk }: PartProps) {
  const [taking, setTaking] = useState<MetaState | null>(null);
  const full = fullNameOf(object);
  const states = object.states?.list ?? [];
  const added = table(own.states);
  const add = (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => onAsk(NEW)}>
      {t("studio.state.add")}
    </Button>
  );
  const dialog = asked && (asked === NEW || asked in added) && (
    <StateDialog
      object={object}
      own={own}
      name={asked === NEW ? undefined : asked}
      onClose={() => onAsk(null)}
    />
  );
  if (states.length === 0) {
    return (
      <EmptyState
        title={t("studio.states.none")}
        text={t(isOwn(full) ? "studio.states.none.own" : "studio.states.none.app")}
      >
        {isOwn(full) && add}
        {dialog}
      </EmptyState>
    );
  }
  const labelOf = (value: string) => states.find((state) => state.value === value)?.label ?? value;
  const isAdded = (state: MetaState) =>
    state.value in added && (isOwn(full) || table(added[state.value]).like !== undefined);
  return (
    <>
      <div className={classes.partHead}>
        <p className="quiet">{t(isOwn(full) ? "studio.states.about.own" : "studio.states.about")}</p>
        {add}
      </div>
      <StateDiagram states={states} />
      <ul className={classes.rows} aria-label={t("studio.part.states")}>
        {states.map((state) => (
          <li key={state.value} className={classes.state}>
            <span className={classes.stateName}>
              <StateBadge label={state.label} tone={toneOf(state.value, object.states?.initial)} />
              {state.value === object.states?.initial && (
                <span className="quiet">{t("studio.state.initial")}</span>
              )}
              {isAdded(state) && !isOwn(full) && <Mark />}
            </span>
            <span className={classes.ways}>
              {state.to.length > 0 && <IconArrowRight size={14} aria-label={t("studio.state.to")} />}
              {state.to.length > 0 ? (
                state.to.map(labelOf).join(", ")
              ) : (
                <span className="quiet">{t("studio.state.end")}</span>
              )}
            </span>
            <span className={classes.tools}>
              {isAdded(state) && (
                <>
                  <ActionIcon
                    aria-label={t("studio.edit", { name: state.label })}
                    onClick={() => onAsk(state.value)}
                  >
                    <IconPencil size={16} stroke={1.6} />
                  </ActionIcon>
                  <ActionIcon
                    aria-label={t("studio.take", { name: state.label })}
                    onClick={() => setTaking(state)}
                  >
                    <IconTrash size={16} stroke={1.6} />
                  </ActionIcon>
                </>
              )}
            </span>
          </li>
        ))}
      </ul>
      {dialog}
      {taking && (
        <StudioDialog
          title={t("studio.take", { name: taking.label })}
          change={{ object: full, set: takeState(full, own, taking.value) }}
          known={(_, name) => labelOf(name)}
          submit={t("studio.take.do")}
          done={t("studio.taken", { name: taking.label })}
          danger
          onClose={() => setTaking(null)}
        />
      )}
    </>
  );
}
