/** A section that is arranged: its heading, its tab, when it is shown, and the fields in it. */
import { dropTargetForElements } from "@atlaskit/pragmatic-drag-and-drop/element/adapter";
import { ActionIcon, TextInput } from "@mantine/core";
import { IconAdjustments, IconTrash } from "@tabler/icons-react";
import { type ReactNode, useEffect, useRef, useState } from "react";
import type { MetaObject } from "../../api/types";
import { t } from "../../messages/t";
import { FilterPopover } from "../filter/FilterPopover";
import arrange from "./Arrange.module.css";
import { Grip } from "./Grip";
import classes from "./Studio.module.css";
import type { Section } from "./sections";

interface Props {
  object: MetaObject;
  section: Section;
  at: number;
  onSection: (change: Partial<Section>) => void;
  onMove: (by: 1 | -1) => void;
  onRemove: () => void;
  children: ReactNode;
}

export function SectionCard({ object, section, at, onSection, onMove, onRemove, children }: Props) {
  const [more, setMore] = useState(Boolean(section.tab || section.visible_when));
  const fields = useRef<HTMLUListElement>(null);
  const number = t("studio.section.nth", { number: at + 1 });
  useEffect(() => {
    if (!fields.current) return;
    // Below the last field, and in a section that has none.
    return dropTargetForElements({
      element: fields.current,
      canDrop: ({ source }) => source.data.kind === "field",
      getData: () => ({ section: at }),
    });
  }, [at]);
  return (
    <Grip
      kind="section"
      data={{ section: at }}
      label={section.label ?? number}
      className={arrange.section}
      onStep={onMove}
    >
      <div className={arrange.sectionBody}>
        <div className={arrange.sectionHead}>
          <TextInput
            aria-label={t("studio.section.label", { name: number })}
            placeholder={t("studio.section.unnamed")}
            value={section.label ?? ""}
            onChange={(event) => onSection({ label: event.currentTarget.value || null })}
          />
          <ActionIcon
            aria-label={t("studio.section.more", { name: number })}
            aria-expanded={more}
            onClick={() => setMore(!more)}
          >
            <IconAdjustments size={16} stroke={1.6} />
          </ActionIcon>
          <ActionIcon aria-label={t("studio.section.remove", { name: number })} onClick={onRemove}>
            <IconTrash size={16} stroke={1.6} />
          </ActionIcon>
        </div>
        {more && (
          <div className={classes.pair}>
            <TextInput
              label={t("studio.section.tab")}
              value={section.tab ?? ""}
              onChange={(event) => onSection({ tab: event.currentTarget.value || null })}
            />
            <TextInput
              label={t("studio.field.visible")}
              classNames={{ input: classes.mono }}
              value={section.visible_when ?? ""}
              onChange={(event) => onSection({ visible_when: event.currentTarget.value || null })}
              rightSection={
                <FilterPopover
                  object={object}
                  source={section.visible_when ?? ""}
                  onSource={(source) => onSection({ visible_when: source || null })}
                >
                  <ActionIcon size={24} aria-label={t("studio.condition.build")}>
                    <IconAdjustments size={14} stroke={1.6} />
                  </ActionIcon>
                </FilterPopover>
              }
            />
          </div>
        )}
        <ul ref={fields} className={arrange.sectionFields}>
          {children}
        </ul>
      </div>
    </Grip>
  );
}
