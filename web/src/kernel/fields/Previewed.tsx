/** Shows the record that a link leads to while the pointer rests on the link, or on what is shown. */
import { type ReactNode, Suspense, useEffect, useRef, useState } from "react";
import type { MetaObject } from "../../api/types";
import { lazily } from "../../ui/lazily";

const LinkPreview = lazily(() => import("./LinkPreview").then((it) => it.LinkPreview));

const OPEN_MS = 450;
const CLOSE_MS = 150;

export function Previewed({ object, id, children }: { object: MetaObject; id: string; children: ReactNode }) {
  const [anchor, setAnchor] = useState<DOMRect | null>(null);
  const timer = useRef(0);
  useEffect(() => () => clearTimeout(timer.current), []);
  const later = (run: () => void, ms: number) => {
    clearTimeout(timer.current);
    timer.current = window.setTimeout(run, ms);
  };
  const close = () => later(() => setAnchor(null), CLOSE_MS);
  return (
    // The link itself is reached by keyboard and leads to all that is shown here.
    <span
      onPointerEnter={(event) => {
        if (event.pointerType !== "mouse") return;
        const element = event.currentTarget;
        later(() => setAnchor(element.getBoundingClientRect()), OPEN_MS);
      }}
      onPointerLeave={close}
      onPointerDown={() => {
        clearTimeout(timer.current);
        setAnchor(null);
      }}
    >
      {children}
      {anchor && (
        <Suspense>
          <LinkPreview
            object={object}
            id={id}
            anchor={anchor}
            onEnter={() => clearTimeout(timer.current)}
            onLeave={close}
            onClose={() => setAnchor(null)}
          />
        </Suspense>
      )}
    </span>
  );
}
