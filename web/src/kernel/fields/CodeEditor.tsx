/** CodeMirror in the look of the other inputs. Tab leaves it, as it leaves every field; Ctrl ] and Ctrl [ indent. */
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { json as jsonLanguage } from "@codemirror/lang-json";
import {
  bracketMatching,
  defaultHighlightStyle,
  indentOnInput,
  syntaxHighlighting,
} from "@codemirror/language";
import { EditorState } from "@codemirror/state";
import { EditorView, keymap } from "@codemirror/view";
import { useEffect, useRef } from "react";

interface Props {
  name: string;
  value: string;
  json?: boolean;
  invalid?: boolean;
  onChange: (text: string | null) => void;
}

const look = EditorView.theme({
  "&": { fontSize: "12px", backgroundColor: "transparent" },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": {
    fontFamily: "var(--mantine-font-family-monospace)",
    lineHeight: "18px",
    maxHeight: "400px",
  },
  ".cm-content": { padding: "6px 0", minHeight: "60px", caretColor: "var(--mantine-color-text)" },
});

export function CodeEditor({ name, value, json, invalid, onChange }: Props) {
  const place = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const tell = useRef(onChange);
  tell.current = onChange;
  // What was told last: a value that comes back in other words is not put over what is being typed.
  const told = useRef(value);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the editor is made once; what changes is handed to it below
  useEffect(() => {
    if (!place.current) return;
    const editor = new EditorView({
      parent: place.current,
      state: EditorState.create({
        doc: value,
        extensions: [
          look,
          history(),
          indentOnInput(),
          bracketMatching(),
          syntaxHighlighting(defaultHighlightStyle, { fallback: true }),
          EditorView.lineWrapping,
          EditorView.contentAttributes.of({ "aria-label": name }),
          keymap.of([...defaultKeymap, ...historyKeymap]),
          ...(json ? [jsonLanguage()] : []),
          EditorView.updateListener.of((update) => {
            if (!update.docChanged) return;
            told.current = update.state.doc.toString();
            tell.current(told.current || null);
          }),
        ],
      }),
    });
    view.current = editor;
    return () => editor.destroy();
  }, []);

  useEffect(() => {
    const editor = view.current;
    if (!editor || editor.hasFocus || value === told.current) return;
    told.current = value;
    editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: value } });
  }, [value]);
  useEffect(() => {
    view.current?.contentDOM.setAttribute("aria-invalid", String(Boolean(invalid)));
  }, [invalid]);
  return <div ref={place} />;
}
