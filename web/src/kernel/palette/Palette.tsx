/** Ctrl K: places, new records, actions, settings and records of all apps, chosen by typing and the arrow keys. */
import { Modal } from "@mantine/core";
import { useDebouncedValue, useMediaQuery } from "@mantine/hooks";
import { IconSearch } from "@tabler/icons-react";
import { type KeyboardEvent, Suspense, useId, useState } from "react";
import type { MetaAction, MetaObject } from "../../api/types";
import { t } from "../../messages/t";
import { lazily } from "../../ui/lazily";
import { Snippet } from "../search/Snippet";
import type { SheetProps } from "../shell/useSheet";
import type { Command } from "./commands";
import classes from "./Palette.module.css";
import { useGroups } from "./useGroups";

const ActionDialog = lazily(() => import("../record/ActionDialog").then((it) => it.ActionDialog));
const RecordPreview = lazily(() => import("../search/RecordPreview").then((it) => it.RecordPreview));

const TYPING_MS = 150;
/** A preview is fetched when the choice has rested. */
const RESTING_MS = 120;
/** Commands that Page Up and Page Down pass over. */
const PAGE = 8;
/** So many words are a question rather than a name. */
const QUESTION_WORDS = 4;

const isQuestion = (q: string): boolean =>
  /[?؟]\s*$/.test(q) || q.trim().split(/\s+/).length >= QUESTION_WORDS;

export function Palette(sheet: SheetProps) {
  const { opened, onClose } = sheet;
  const [running, setRunning] = useState<{ object: MetaObject; action: MetaAction } | null>(null);
  return (
    <>
      <Modal.Root {...sheet} size={720} yOffset="10vh" padding={0} classNames={{ content: classes.palette }}>
        <Modal.Overlay />
        <Modal.Content aria-label={t("palette")}>
          {opened && <Chooser onClose={onClose} onRun={(object, action) => setRunning({ object, action })} />}
        </Modal.Content>
      </Modal.Root>
      <Suspense>
        {running && (
          <ActionDialog
            action={running.action}
            target={`${running.object.path}/${running.action.name}`}
            title={running.object.plural}
            onClose={() => setRunning(null)}
          />
        )}
      </Suspense>
    </>
  );
}

interface ChooserProps {
  onClose: () => void;
  onRun: (object: MetaObject, action: MetaAction) => void;
}

function Chooser({ onClose, onRun }: ChooserProps) {
  const list = useId();
  const [q, setQ] = useState("");
  const [chosen, setChosen] = useState<string | null>(null);
  const [asked] = useDebouncedValue(q.trim(), TYPING_MS);
  const { groups, fetching } = useGroups(q, asked, onRun);
  const commands = groups.flatMap((group) => group.commands);
  // The first one is chosen, also when it arrives after the words were typed.
  const at = Math.max(
    0,
    commands.findIndex(({ id }) => id === chosen),
  );
  const current = commands[at];
  const idOf = (command: Command) => `${list}-${command.id}`;
  const run = (command: Command | undefined) => {
    if (!command) return;
    onClose();
    command.run();
  };
  const move = (to: number) => {
    const next = commands[(to + commands.length) % commands.length];
    if (!next) return;
    setChosen(next.id);
    document.getElementById(idOf(next))?.scrollIntoView({ block: "nearest" });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const keys = new Map([
      ["ArrowDown", () => move(at + 1)],
      ["ArrowUp", () => move(at - 1)],
      ["PageDown", () => move(Math.min(at + PAGE, commands.length - 1))],
      ["PageUp", () => move(Math.max(at - PAGE, 0))],
      ["Enter", () => run(current)],
    ]);
    const act = keys.get(event.key);
    if (!act) return;
    event.preventDefault();
    act();
  };
  return (
    <>
      <div className={classes.ask}>
        <IconSearch size={18} stroke={1.6} aria-hidden />
        <input
          // biome-ignore lint/a11y/noAutofocus: the palette was opened to be typed into
          autoFocus
          data-autofocus
          type="text"
          role="combobox"
          aria-expanded
          aria-controls={list}
          aria-autocomplete="list"
          aria-activedescendant={current && idOf(current)}
          aria-label={t("palette.placeholder")}
          placeholder={t("palette.placeholder")}
          spellCheck={false}
          autoComplete="off"
          value={q}
          onChange={(event) => {
            setQ(event.currentTarget.value);
            setChosen(null);
          }}
          onKeyDown={onKeyDown}
        />
      </div>
      <div className={classes.columns}>
        <div role="listbox" id={list} aria-label={t("palette")} aria-busy={fetching} className={classes.list}>
          {groups.map((group) => (
            // biome-ignore lint/a11y/useSemanticElements: a fieldset holds no options
            <div key={group.label} role="group" aria-label={group.label}>
              <div aria-hidden className={classes.heading}>
                {group.label}
              </div>
              {group.commands.map((command) => (
                // biome-ignore lint/a11y/useKeyWithClickEvents: keys are heard by the input, which keeps the focus
                <div
                  key={command.id}
                  id={idOf(command)}
                  role="option"
                  tabIndex={-1}
                  aria-selected={command === current}
                  className={classes.option}
                  onMouseMove={() => command !== current && setChosen(command.id)}
                  onMouseDown={(event) => event.preventDefault()}
                  onClick={() => run(command)}
                >
                  {command.icon}
                  <span className="truncate">{command.label}</span>
                  {command.about && <span className={classes.about}>{command.about}</span>}
                </div>
              ))}
            </div>
          ))}
        </div>
        <Preview command={current} />
      </div>
      <p className={classes.foot} role="note">
        {isQuestion(q) ? t("palette.noagent") : t("palette.keys")}
      </p>
    </>
  );
}

/** The record that is chosen, where there is room for it. */
function Preview({ command }: { command: Command | undefined }) {
  const wide = useMediaQuery("(min-width: 48em)", undefined, { getInitialValueInEffect: false });
  const [rested] = useDebouncedValue(command, RESTING_MS);
  if (!wide || !rested?.record) return null;
  const { object, id, snippet } = rested.record;
  return (
    <section aria-label={t("search.preview")} className={classes.preview}>
      <Suspense>
        <RecordPreview object={object} id={id} />
      </Suspense>
      {snippet && (
        <p className={classes.snippet}>
          <Snippet html={snippet} />
        </p>
      )}
    </section>
  );
}
