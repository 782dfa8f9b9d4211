/** The frame around every page: navigation left (a bar below on a phone), the page, palette, sheets and keys. */
import { useMediaQuery, useWindowEvent } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { Outlet } from "@tanstack/react-router";
import { Suspense, useEffect, useRef, useState } from "react";
import { metaQuery } from "../../api/queries";
import { t } from "../../messages/t";
import { lazily } from "../../ui/lazily";
import { useLookOfPage } from "../../ui/look";
import { PageMark } from "../../ui/PageHeader";
import { MetaProvider } from "../meta";
import { FavouriteButton } from "./FavouriteButton";
import { Nav } from "./Nav";
import { OfflineNotice } from "./OfflineNotice";
import { PHONE } from "./phone";
import classes from "./Shell.module.css";
import { ShellPending } from "./ShellPending";
import { usePageFocus } from "./usePageFocus";
import { useSheet } from "./useSheet";
import { useShellKeys } from "./useShellKeys";

const BottomBar = lazily(() => import("./BottomBar").then((it) => it.BottomBar), { ahead: false });
const Palette = lazily(() => import("../palette/Palette").then((it) => it.Palette));
const KeySheet = lazily(() => import("./KeySheet").then((it) => it.KeySheet));
const SignInAgain = lazily(() => import("./SignInAgain").then((it) => it.SignInAgain), { ahead: false });
const Preferences = lazily(() => import("./Preferences").then((it) => it.Preferences));

/** Whoever knows the keys types on at once: the palette is there before it is asked for. */
const IDLE_MS = 3000;

export function Shell() {
  const meta = useQuery(metaQuery);
  const phone = useMediaQuery(PHONE, undefined, { getInitialValueInEffect: false });
  const palette = useSheet();
  const keys = useSheet();
  const preferences = useSheet();
  const [ended, setEnded] = useState(false);
  const page = useRef<HTMLElement>(null);
  const heard = usePageFocus(page);
  const { prepare } = palette;
  useEffect(() => {
    const timer = setTimeout(prepare, IDLE_MS);
    return () => clearTimeout(timer);
  }, [prepare]);
  useLookOfPage();
  useShellKeys(meta.data, palette.open);
  useWindowEvent("nexus:keys", keys.open);
  useWindowEvent("nexus:preferences", preferences.open);
  useWindowEvent("nexus:signin", () => setEnded(true));
  if (!meta.data) return <ShellPending />;
  return (
    <MetaProvider value={meta.data}>
      <a href="#page" className={classes.skip}>
        {t("skip")}
      </a>
      <div className={classes.shell}>
        {!phone && <Nav onSearch={palette.open} />}
        <main id="page" ref={page} tabIndex={-1} className={classes.main}>
          <OfflineNotice />
          <PageMark value={<FavouriteButton />}>
            <Outlet />
          </PageMark>
        </main>
        <Suspense>{phone && <BottomBar onSearch={palette.open} />}</Suspense>
      </div>
      <span role="status" className="sr-only">
        {heard}
      </span>
      <Suspense>
        {palette.asked && <Palette {...palette.props} />}
        {keys.asked && <KeySheet {...keys.props} />}
        {preferences.asked && <Preferences {...preferences.props} />}
        {ended && <SignInAgain onClose={() => setEnded(false)} />}
      </Suspense>
    </MetaProvider>
  );
}
