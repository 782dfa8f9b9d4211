/** What can be done with a whole list: import, export, actions on no single record. */
import { ActionIcon, Menu } from "@mantine/core";
import { IconDots, IconDownload, IconPlayerPlay, IconTools, IconUpload } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { Suspense, useState } from "react";
import { apiUrl } from "../../api/http";
import type { MetaAction, MetaObject } from "../../api/types";
import { t } from "../../messages/t";
import { lazily } from "../../ui/lazily";
import { can, useMeta } from "../meta";
import { customiseAddress, mayCustomise } from "../studio/may";
import type { ListState } from "./useListState";

const ActionDialog = lazily(() => import("../record/ActionDialog").then((it) => it.ActionDialog));

/** What a list leaves as, and what people call it. */
const FORMATS = { xlsx: "Excel", csv: "CSV", json: "JSON", parquet: "Parquet" } as const;

interface Props {
  object: MetaObject;
  state: ListState;
  onImport: () => void;
}

export function ListMenu({ object, state, onImport }: Props) {
  const [running, setRunning] = useState<MetaAction | null>(null);
  const actions = object.actions.filter((action) => action.on !== "record");
  const customises = mayCustomise(useMeta());
  const exports = can(object, "export");
  const fields = state.columns.map((field) => field.name).join(",");
  const exported = { filter: state.where, q: state.q, sort: state.sort, fields };
  return (
    <>
      <Menu>
        <Menu.Target>
          <ActionIcon variant="default" aria-label={t("list.menu")}>
            <IconDots size={18} stroke={1.6} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {actions.map((action) => (
            <Menu.Item
              key={action.name}
              leftSection={<IconPlayerPlay size={16} stroke={1.6} />}
              onClick={() => setRunning(action)}
            >
              {action.label}
            </Menu.Item>
          ))}
          {can(object, "create") && (
            <Menu.Item leftSection={<IconUpload size={16} stroke={1.6} />} onClick={onImport}>
              {t("import.button")}
            </Menu.Item>
          )}
          {exports &&
            Object.entries(FORMATS).map(([format, name]) => (
              <Menu.Item
                key={format}
                component="a"
                href={apiUrl(`${object.path}/export`, { ...exported, format })}
                download
                leftSection={<IconDownload size={16} stroke={1.6} />}
              >
                {t("export.as", { format: name })}
              </Menu.Item>
            ))}
          {customises && (
            <Menu.Item
              component={Link}
              to={customiseAddress(object)}
              leftSection={<IconTools size={16} stroke={1.6} />}
            >
              {t("studio.customise")}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      <Suspense>
        {running && (
          <ActionDialog
            action={running}
            target={`${object.path}/${running.name}`}
            title={object.plural}
            onClose={() => setRunning(null)}
          />
        )}
      </Suspense>
    </>
  );
}
