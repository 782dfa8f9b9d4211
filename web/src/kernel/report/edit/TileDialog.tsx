/** Makes a tile or changes it: what it is of, what it says, and at once how that looks. */
import { NativeSelect, SegmentedControl, TextInput } from "@mantine/core";
import { useState } from "react";
import { t } from "../../../messages/t";
import { FormDialog } from "../../../ui/FormDialog";
import { findObject, useMeta } from "../../meta";
import dashboard from "../Dashboard.module.css";
import { TileCard } from "../TileCard";
import type { BoardTile } from "../tiles";
import { TILE } from "./board";
import classes from "./Edit.module.css";
import { QuestionFields } from "./QuestionFields";
import { kindOf, sourcesOf, started, TILE_KINDS, type TileKind, withKind } from "./question";
import { titleFor } from "./titleFor";

interface Props {
  /** A new one when left out. */
  tile?: BoardTile;
  onDone: (tile: BoardTile) => void;
  onClose: () => void;
}

export function TileDialog({ tile, onDone, onClose }: Props) {
  const meta = useMeta();
  const [draft, setDraft] = useState<BoardTile>(() => tile ?? started(meta));
  const [titled, setTitled] = useState(Boolean(tile));
  const kind = kindOf(draft);
  const object = kind === "report" ? undefined : findObject(meta, draft.source);
  const title = titled ? draft.title : titleFor(meta, draft);
  const told = { ...draft, title };
  // A pivot is kept as a chart whose figures stand in a table, where the server keeps that.
  const pivots = findObject(meta, TILE)?.fields.some((field) => field.name === "table") ?? false;
  const kinds = TILE_KINDS.filter((one) => one !== "pivot" || pivots);
  const complete =
    title.trim() !== "" && draft.source !== "" && (draft.kind !== "chart" || Boolean(draft.group));
  return (
    <FormDialog
      title={t(tile ? "board.edit.title" : "board.add")}
      size="lg"
      submit={t(tile ? "apply" : "board.add")}
      disabled={!complete}
      onSubmit={() => onDone(told)}
      onClose={onClose}
    >
      <SegmentedControl
        aria-label={t("board.kind")}
        value={kind}
        data={kinds.map((one) => ({ value: one, label: t(`board.kind.${one}`) }))}
        onChange={(next) => setDraft(withKind(meta, draft, next as TileKind))}
      />
      <NativeSelect
        label={t(kind === "report" ? "board.report" : "board.source")}
        data={sourcesOf(meta, kind)}
        value={draft.source}
        onChange={(event) =>
          setDraft({ ...started(meta, event.currentTarget.value, kind), title: draft.title })
        }
      />
      {object && (
        <QuestionFields
          object={object}
          tile={draft}
          onChange={(change) => setDraft({ ...draft, ...change })}
        />
      )}
      <TextInput
        label={t("board.title")}
        value={title}
        onChange={(event) => {
          setTitled(true);
          setDraft({ ...draft, title: event.currentTarget.value });
        }}
      />
      <section className={`${dashboard.page} ${classes.preview}`} aria-label={t("preview")}>
        <TileCard tile={{ ...told, width: undefined, height: undefined }} shared={[]} tools={<span />} />
      </section>
    </FormDialog>
  );
}
