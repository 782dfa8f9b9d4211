/** What is dragged by its handle, or moved by arrow keys while the handle has the focus. */
import { combine } from "@atlaskit/pragmatic-drag-and-drop/combine";
import { draggable, dropTargetForElements } from "@atlaskit/pragmatic-drag-and-drop/element/adapter";
import { IconGripVertical } from "@tabler/icons-react";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { direction } from "../../messages/language";
import { t } from "../../messages/t";
import arrange from "./Arrange.module.css";

interface Props {
  /** What is dragged, and onto what it may be dropped. */
  kind: string;
  data: Record<string, unknown>;
  label: string;
  className?: string;
  onStep: (by: 1 | -1) => void;
  children: ReactNode;
}

/** On is where reading goes on. */
const STEPS: Record<string, 1 | -1> =
  direction === "rtl"
    ? { ArrowUp: -1, ArrowRight: -1, ArrowDown: 1, ArrowLeft: 1 }
    : { ArrowUp: -1, ArrowLeft: -1, ArrowDown: 1, ArrowRight: 1 };

export function Grip({ kind, data, label, className, onStep, children }: Props) {
  const frame = useRef<HTMLLIElement>(null);
  const handle = useRef<HTMLButtonElement>(null);
  const latest = useRef(data);
  latest.current = data;
  const [over, setOver] = useState(false);
  const [dragging, setDragging] = useState(false);
  useEffect(() => {
    if (!frame.current || !handle.current) return;
    return combine(
      draggable({
        element: frame.current,
        dragHandle: handle.current,
        getInitialData: () => ({ ...latest.current, kind }),
        onDragStart: () => setDragging(true),
        onDrop: () => setDragging(false),
      }),
      dropTargetForElements({
        element: frame.current,
        canDrop: ({ source }) => source.data.kind === kind,
        getData: () => ({ ...latest.current, kind }),
        onDragEnter: () => setOver(true),
        onDragLeave: () => setOver(false),
        onDrop: () => setOver(false),
      }),
    );
  }, [kind]);
  return (
    <li
      ref={frame}
      className={`${arrange.grip} ${className ?? ""}`}
      data-over={over || undefined}
      data-dragging={dragging || undefined}
    >
      <button
        ref={handle}
        type="button"
        className={arrange.handle}
        aria-label={t("board.handle", { title: label })}
        aria-description={t("board.keys")}
        title={t("board.keys")}
        data-handle={label}
        onKeyDown={(event) => {
          const step = STEPS[event.key];
          if (!step) return;
          event.preventDefault();
          onStep(step);
        }}
      >
        <IconGripVertical size={16} stroke={1.6} aria-hidden />
      </button>
      {children}
    </li>
  );
}

/** The handle keeps the focus when what it moves gets another place. */
export function refocus(label: string): void {
  requestAnimationFrame(() =>
    document.querySelector<HTMLElement>(`[data-handle="${CSS.escape(label)}"]`)?.focus(),
  );
}
