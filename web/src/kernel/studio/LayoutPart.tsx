/** The form of an object, arranged by drag or by keys: fields within sections, sections under tabs. */
import { monitorForElements } from "@atlaskit/pragmatic-drag-and-drop/element/adapter";
import { ActionIcon, Button } from "@mantine/core";
import { IconPlus, IconX } from "@tabler/icons-react";
import { useBlocker } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import { t } from "../../messages/t";
import { LeaveDialog } from "../../ui/LeaveDialog";
import { fieldOf, fullNameOf, viewOf } from "../meta";
import { sectionsOf } from "../record/RecordForm";
import { moved } from "../report/edit/arrange";
import arrange from "./Arrange.module.css";
import { Grip, refocus } from "./Grip";
import { Mark } from "./Mark";
import type { PartProps } from "./ObjectStudio";
import { SectionCard } from "./SectionCard";
import classes from "./Studio.module.css";
import { StudioDialog } from "./StudioDialog";
import { formView, placed, type Section, stepped, unplaced, without } from "./sections";
import { table } from "./sets";

const FORM = "form";

function startOf(object: PartProps["object"]): Section[] {
  return sectionsOf(object).map(({ label, fields, tab = null, visible_when = null }) => ({
    label,
    fields: fields.filter((name) => name !== object.states?.field),
    tab,
    visible_when,
  }));
}

/** The view that is the form; one's own object may have none yet. */
const nameOf = (object: PartProps["object"]): string => viewOf(object, "form")?.name ?? FORM;

export function LayoutPart({ object, own }: PartProps) {
  const [sections, setSections] = useState(() => startOf(object));
  const [base, setBase] = useState(sections);
  const [asking, setAsking] = useState<"save" | "reset" | null>(null);
  const dirty = JSON.stringify(sections) !== JSON.stringify(base);
  const latest = useRef(sections);
  latest.current = sections;
  const view = nameOf(object);
  // What was saved, undone or added elsewhere is the form to begin with, unless something is being arranged.
  const now = JSON.stringify(startOf(object));
  if (now !== JSON.stringify(base) && !dirty) {
    setBase(startOf(object));
    setSections(startOf(object));
  }
  const blocker = useBlocker({
    shouldBlockFn: () => dirty && asking === null,
    enableBeforeUnload: () => dirty,
    withResolver: true,
  });
  useEffect(
    () =>
      monitorForElements({
        canMonitor: ({ source }) => source.data.kind === "field" || source.data.kind === "section",
        onDrop: ({ source, location }) => {
          const onto = location.current.dropTargets[0]?.data;
          if (!onto) return;
          if (source.data.kind === "section") {
            return setSections(moved(latest.current, Number(source.data.section), Number(onto.section)));
          }
          const name = String(source.data.name);
          if (onto.section === undefined) return setSections(without(latest.current, name));
          const end = latest.current[Number(onto.section)]?.fields.length ?? 0;
          setSections(placed(latest.current, name, Number(onto.section), Number(onto.at ?? end)));
        },
      }),
    [],
  );
  const put = (at: number, change: Partial<Section>) =>
    setSections(sections.map((one, index) => (index === at ? { ...one, ...change } : one)));
  const labelOf = (name: string) => fieldOf(object, name)?.label ?? name;
  const left = unplaced(object, sections);
  const full = fullNameOf(object);
  const set = asking === "reset" ? { [`views.${view}`]: null } : { [`views.${view}`]: formView(sections) };
  return (
    <>
      <div className={classes.partHead}>
        <p className="quiet">
          {t("studio.layout.about")} {view in table(own.views) && <Mark arranged />}
        </p>
        {view in table(own.views) && !dirty && (
          <Button variant="default" onClick={() => setAsking("reset")}>
            {t("studio.layout.reset")}
          </Button>
        )}
        {dirty && (
          <Button variant="default" onClick={() => setSections(base)}>
            {t("discard")}
          </Button>
        )}
        <Button disabled={!dirty} onClick={() => setAsking("save")}>
          {t("studio.layout.save")}
        </Button>
      </div>
      <div className={arrange.layout}>
        <ol className={arrange.sections} aria-label={t("studio.layout.sections")}>
          {sections.map((section, at) => (
            <SectionCard
              // biome-ignore lint/suspicious/noArrayIndexKey: sections have no name but their place
              key={at}
              object={object}
              section={section}
              at={at}
              onSection={(change) => put(at, change)}
              onMove={(by) => {
                setSections(moved(sections, at, Math.min(Math.max(at + by, 0), sections.length - 1)));
                refocus(section.label ?? t("studio.section.nth", { number: at + by + 1 }));
              }}
              onRemove={() => setSections(sections.filter((_, index) => index !== at))}
            >
              {section.fields.map((name, place) => (
                <Grip
                  key={name}
                  kind="field"
                  data={{ name, section: at, at: place }}
                  label={labelOf(name)}
                  onStep={(by) => {
                    setSections(stepped(sections, name, by));
                    refocus(labelOf(name));
                  }}
                >
                  <span className="truncate">{labelOf(name)}</span>
                  <ActionIcon
                    size={24}
                    aria-label={t("studio.layout.take", { name: labelOf(name) })}
                    onClick={() => setSections(without(sections, name))}
                  >
                    <IconX size={14} aria-hidden />
                  </ActionIcon>
                </Grip>
              ))}
            </SectionCard>
          ))}
          <li className={arrange.bare}>
            <button
              type="button"
              className={arrange.addSection}
              onClick={() =>
                setSections([...sections, { label: null, tab: null, visible_when: null, fields: [] }])
              }
            >
              <IconPlus size={16} stroke={1.6} aria-hidden /> {t("studio.section.add")}
            </button>
          </li>
        </ol>
        <section className={arrange.left} aria-label={t("studio.layout.left")}>
          <h2 className={classes.small}>{t("studio.layout.left")}</h2>
          {left.length === 0 && <p className="quiet">{t("studio.layout.left.none")}</p>}
          <ul className={arrange.list}>
            {left.map((name) => (
              <Grip
                key={name}
                kind="field"
                data={{ name }}
                label={labelOf(name)}
                onStep={() => {
                  setSections(
                    placed(sections, name, sections.length - 1, sections.at(-1)?.fields.length ?? 0),
                  );
                  refocus(labelOf(name));
                }}
              >
                <span className="truncate">{labelOf(name)}</span>
                <ActionIcon
                  size={24}
                  aria-label={t("studio.layout.put", { name: labelOf(name) })}
                  onClick={() =>
                    setSections(
                      placed(sections, name, sections.length - 1, sections.at(-1)?.fields.length ?? 0),
                    )
                  }
                >
                  <IconPlus size={14} aria-hidden />
                </ActionIcon>
              </Grip>
            ))}
          </ul>
        </section>
      </div>
      {asking && (
        <StudioDialog
          title={t(asking === "save" ? "studio.layout.save.title" : "studio.layout.reset", {
            name: object.label,
          })}
          change={{ object: full, set }}
          known={() => t("studio.view.form")}
          done={t("studio.layout.saved")}
          onClose={() => setAsking(null)}
          onDone={() => asking === "save" && setBase(sections)}
        />
      )}
      <LeaveDialog blocker={blocker} />
    </>
  );
}
