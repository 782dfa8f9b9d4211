/** The views of an object: new ones, and the app's own arranged anew. */
import { ActionIcon, Button } from "@mantine/core";
import { IconArrowBackUp, IconPencil, IconPlus, IconTrash } from "@tabler/icons-react";
import { useState } from "react";
import type { MetaObject, MetaView } from "../../api/types";
import { t } from "../../messages/t";
import { fieldOf, fullNameOf } from "../meta";
import { Mark } from "./Mark";
import { isOwn, PREFIX } from "./names";
import type { PartProps } from "./ObjectStudio";
import classes from "./Studio.module.css";
import { StudioDialog } from "./StudioDialog";
import { table } from "./sets";
import { ViewDialog } from "./ViewDialog";
import { isMade } from "./views";

const NEW = "new-view";

/** What a view shows, in words. */
function shows(object: MetaObject, view: MetaView): string {
  const names = view.kind === "table" ? view.columns : "card" in view ? view.card : [];
  return names.map((name) => fieldOf(object, name)?.label ?? name).join(", ");
}

export function ViewsPart({ object, own, asked, onAsk }: PartProps) {
  const [taking, setTaking] = useState<MetaView | null>(null);
  const full = fullNameOf(object);
  const declared = table(own.views);
  const views = object.views.filter((view) => view.kind !== "form");
  const open = views.find((view) => view.name === asked);
  // What goes from an app's view that was arranged anew is the arrangement.
  const isAdded = (view: MetaView) => view.name in declared && (isOwn(full) || view.name.startsWith(PREFIX));
  const title = (view: MetaView) =>
    t(isAdded(view) ? "studio.take" : "studio.view.reset", { name: view.label });
  return (
    <>
      <div className={classes.partHead}>
        <p className="quiet">{t("studio.views.about")}</p>
        <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => onAsk(NEW)}>
          {t("studio.view.add")}
        </Button>
      </div>
      <ul className={classes.rows} aria-label={t("studio.part.views")}>
        {views.map((view) => (
          <li key={view.name} className={classes.state}>
            <span className={classes.stateName}>
              <strong>{view.label}</strong>
              <span className="quiet">
                {isMade(view.kind) ? t(`studio.view.kind.${view.kind}`) : view.kind}
              </span>
              {view.name in declared && <Mark arranged={!isAdded(view)} />}
            </span>
            <span className={`quiet truncate ${classes.ways}`}>{shows(object, view)}</span>
            <span className={classes.tools}>
              {isMade(view.kind) && (
                <ActionIcon
                  aria-label={t("studio.edit", { name: view.label })}
                  onClick={() => onAsk(view.name)}
                >
                  <IconPencil size={16} stroke={1.6} />
                </ActionIcon>
              )}
              {view.name in declared && (
                <ActionIcon aria-label={title(view)} onClick={() => setTaking(view)}>
                  {isAdded(view) ? (
                    <IconTrash size={16} stroke={1.6} />
                  ) : (
                    <IconArrowBackUp size={16} stroke={1.6} />
                  )}
                </ActionIcon>
              )}
            </span>
          </li>
        ))}
      </ul>
      {asked === NEW && <ViewDialog object={object} onClose={() => onAsk(null)} />}
      {open && isMade(open.kind) && <ViewDialog object={object} view={open} onClose={() => onAsk(null)} />}
      {taking && (
        <StudioDialog
          title={title(taking)}
          change={{ object: full, set: { [`views.${taking.name}`]: null } }}
          known={() => taking.label}
          submit={t("studio.take.do")}
          done={t("studio.taken", { name: taking.label })}
          danger
          onClose={() => setTaking(null)}
        />
      )}
    </>
  );
}
