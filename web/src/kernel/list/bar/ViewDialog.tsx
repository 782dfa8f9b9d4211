/** Asks what a view is called and who has it. */
import { NativeSelect, Radio, Stack, TextInput } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { createRecord, updateRecord } from "../../../api/commands";
import { recordQuery } from "../../../api/queries";
import type { MetaObject } from "../../../api/types";
import { t } from "../../../messages/t";
import { FormDialog } from "../../../ui/FormDialog";
import { explain, useChanges } from "../../changes";
import { fullNameOf, useMeta } from "../../meta";
import { usePageSearch } from "../../useSearch";
import { lookToSend, SAVED_VIEWS, type SavedView, type Scope } from "../savedViews";
import type { ListState } from "../useListState";

interface Props {
  object: MetaObject;
  state: ListState;
  /** The view that is changed; a new one is kept when it is left out. */
  saved: SavedView | null;
  onClose: () => void;
}

/** The team of whoever is signed in, when there is one. */
function useTeam(): string | null {
  const meta = useMeta();
  const { data } = useQuery(recordQuery("core/users", meta.user.id, ""));
  return typeof data?.team === "string" ? data.team : null;
}

export function ViewDialog({ object, state, saved, onClose }: Props) {
  const meta = useMeta();
  const changes = useChanges();
  const team = useTeam();
  const [, setSearch] = usePageSearch();
  const [name, setName] = useState(saved?.name ?? "");
  const [scope, setScope] = useState<Scope>(saved?.scope ?? "personal");
  const [role, setRole] = useState(meta.user.roles[0] ?? "");
  const mayAll = meta.user.roles.includes("administrator");
  const save = useMutation({
    mutationFn: () => {
      const who = {
        name: name.trim(),
        scope,
        team: scope === "team" ? team : null,
        role: scope === "role" ? role : null,
      };
      return saved
        ? updateRecord(SAVED_VIEWS, saved.id, who, saved.version)
        : createRecord(SAVED_VIEWS, {
            ...who,
            object: fullNameOf(object),
            ...lookToSend(meta, state.tab.view, state.look),
          });
    },
    onSuccess: async ({ data, run }) => {
      onClose();
      await changes.done(t("view.saved", { name: name.trim() }), run);
      if (saved) return;
      // What the view cannot keep stays in the address.
      const more = lookToSend(meta, state.tab.view, state.look).options
        ? {}
        : { colours: state.look.colours };
      setSearch({
        view: String(data.id),
        filter: undefined,
        sort: undefined,
        group: undefined,
        columns: undefined,
        colours: undefined,
        ...more,
      });
    },
  });
  return (
    <FormDialog
      title={saved ? t("view.change") : t("view.new")}
      submit={t("save")}
      pending={save.isPending}
      disabled={!name.trim()}
      failed={t("save.failed")}
      problems={save.error ? [explain(save.error)] : []}
      onSubmit={() => save.mutate()}
      onClose={onClose}
    >
      <TextInput
        label={t("view.name")}
        value={name}
        data-autofocus
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Radio.Group label={t("view.who")} value={scope} onChange={(value) => setScope(value as Scope)}>
        <Stack gap="sm" mt={4}>
          <Radio value="personal" label={t("view.scope.personal")} />
          {team && <Radio value="team" label={t("view.scope.team")} />}
          {mayAll && <Radio value="role" label={t("view.scope.role")} />}
          {mayAll && <Radio value="everyone" label={t("view.scope.everyone")} />}
        </Stack>
      </Radio.Group>
      {scope === "role" && (
        <NativeSelect
          label={t("view.role")}
          data={meta.user.roles}
          value={role}
          onChange={(event) => setRole(event.currentTarget.value)}
        />
      )}
    </FormDialog>
  );
}
