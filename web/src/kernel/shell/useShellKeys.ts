/** Keys that work on every page: Ctrl K, `/`, `c`, `e`, `g` then a letter, `?`. */

import { useHotkeys, useWindowEvent } from "@mantine/hooks";
import { useNavigate, useParams } from "@tanstack/react-router";
import { useRef } from "react";
import type { Meta } from "../../api/types";
import { isOverlayOpen } from "../../ui/overlay";
import { appAddress, inboxAddress, newAddress } from "../addresses";
import { can, findByPath } from "../meta";
import { openKeys } from "./sheets";

const SEQUENCE_MS = 1200;
const FIRST_INPUT = "form[data-record] :is(input, textarea):not([readonly]):not([disabled])";

function focusFirst(selector: string): boolean {
  const element = document.querySelector<HTMLElement>(selector);
  element?.focus();
  return element !== null;
}

export function useShellKeys(meta: Meta | undefined, openPalette: () => void): void {
  const navigate = useNavigate();
  const { app, objects } = useParams({ strict: false });
  const goUntil = useRef(0);
  useHotkeys([["mod+K", openPalette]], []);
  const go = (key: string) => {
    if (key === "h") return void navigate({ to: "/" });
    if (key === "i") return void navigate({ to: inboxAddress });
    // Of several apps with that letter, the one after the one that is open.
    const named = meta?.apps.filter(({ name }) => name.startsWith(key)) ?? [];
    const wanted = named[(named.findIndex(({ name }) => name === app) + 1) % named.length];
    if (wanted) void navigate({ to: appAddress(wanted.name) });
  };
  const keys: Record<string, () => void> = {
    "/": () => void (focusFirst("[data-search]") || openPalette()),
    "?": openKeys,
    s: () => document.querySelector<HTMLElement>("[data-favourite]")?.click(),
    e: () => void focusFirst(FIRST_INPUT),
    c: () => {
      const object = meta && findByPath(meta, `${app}/${objects}`)?.object;
      if (object && can(object, "create")) void navigate({ to: newAddress(object.path) });
    },
    g: () => {
      goUntil.current = Date.now() + SEQUENCE_MS;
    },
  };
  useWindowEvent("keydown", (event) => {
    const target = event.target as HTMLElement;
    if (event.ctrlKey || event.metaKey || event.altKey || isOverlayOpen()) return;
    if (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)) return;
    const second = Date.now() < goUntil.current;
    goUntil.current = 0;
    const run = second ? () => go(event.key) : keys[event.key];
    if (!run) return;
    event.preventDefault();
    run();
  });
}
