/** A role of one's own: what it is for, and the roles whose rights it has besides. */
import { TagsInput, TextInput } from "@mantine/core";
import { useState } from "react";
import { t } from "../../messages/t";
import { said } from "./entries";
import { entriesOf } from "./manifests";
import { freeName, labelOf, OWN_APP } from "./names";
import { useOwn, useRoles } from "./own";
import { StudioDialog } from "./StudioDialog";
import { table, texts } from "./sets";

interface Props {
  name?: string;
  onClose: () => void;
}

export function RoleDialog({ name: known, onClose }: Props) {
  const roles = useRoles();
  const own = table(entriesOf(useOwn().data, OWN_APP).roles);
  const [label, setLabel] = useState(known ? labelOf(known) : "");
  const [entry, setEntry] = useState(table(own[known ?? ""]));
  const name = known ?? freeName(label, "role", roles);
  const about = String(entry.about ?? "");
  const ready = label.trim() !== "" && about.trim() !== "";
  return (
    <StudioDialog
      title={t(known ? "studio.role.change" : "studio.role.add")}
      change={ready ? { object: OWN_APP, set: { [`roles.${name}`]: entry } } : null}
      entry={name}
      inputs={["name", "about", "includes"]}
      known={(_, role) => labelOf(role)}
      done={t("studio.role.saved", { name: label })}
      onClose={onClose}
    >
      {(errors) => (
        <>
          <TextInput
            label={t("studio.role")}
            labelProps={{ "data-required": true }}
            description={label && t("studio.name.is", { name })}
            readOnly={known !== undefined}
            data-autofocus
            value={label}
            error={errors.name}
            onChange={(event) => setLabel(event.currentTarget.value)}
          />
          <TextInput
            label={t("studio.role.about")}
            labelProps={{ "data-required": true }}
            value={about}
            error={errors.about}
            onChange={(event) => setEntry(said(entry, "about", event.currentTarget.value))}
          />
          <TagsInput
            label={t("studio.role.includes")}
            description={t("studio.role.includes.help")}
            data={roles.filter((role) => role !== name)}
            value={texts(entry.includes)}
            error={errors.includes}
            onChange={(includes) => setEntry(said(entry, "includes", includes))}
          />
        </>
      )}
    </StudioDialog>
  );
}
