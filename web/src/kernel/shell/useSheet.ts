/** A sheet over the page, fetched when it is first opened, or before; closing it gives the focus back. */
import type { ModalRootProps } from "@mantine/core";
import { useCallback, useEffect, useRef, useState } from "react";

export type SheetProps = Pick<ModalRootProps, "opened" | "onClose" | "returnFocus" | "transitionProps">;

const OPENING_MS = 120;
/** A closed sheet is gone at once; this long it may take until it is. */
const GONE_MS = 40;

interface Sheet {
  /** It was opened or prepared, so that it is to be rendered. */
  asked: boolean;
  open: () => void;
  prepare: () => void;
  props: SheetProps;
}

export function useSheet(): Sheet {
  const [opened, setOpened] = useState<boolean | null>(null);
  const before = useRef<Element | null>(null);
  const open = useCallback(() => {
    before.current = document.activeElement;
    setOpened(true);
  }, []);
  const prepare = useCallback(() => setOpened((now) => now ?? false), []);
  useEffect(() => {
    if (opened !== false) return;
    const giveBack = () => {
      // What was done in the sheet may have taken the focus elsewhere.
      const lost = document.activeElement === document.body;
      if (lost && before.current instanceof HTMLElement) before.current.focus();
    };
    const timer = setTimeout(giveBack, GONE_MS);
    return () => clearTimeout(timer);
  }, [opened]);
  return {
    asked: opened !== null,
    open,
    prepare,
    props: {
      opened: opened === true,
      onClose: () => setOpened(false),
      returnFocus: false,
      transitionProps: { transition: "pop", duration: OPENING_MS, exitDuration: 0 },
    },
  };
}
