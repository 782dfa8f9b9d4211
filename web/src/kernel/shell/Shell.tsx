/** The frame around every page: navigation left (a bar below on a phone), the page, palette and keys. */
import { useMediaQuery } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { Outlet } from "@tanstack/react-router";
import { lazy, Suspense, useState } from "react";
import { metaQuery } from "../../api/queries";
import { t } from "../../messages/t";
import { MetaProvider } from "../meta";
import { BottomBar } from "./BottomBar";
import { Nav } from "./Nav";
import { PHONE } from "./phone";
import classes from "./Shell.module.css";
import { ShellPending } from "./ShellPending";
import { useShellKeys } from "./useShellKeys";

const Palette = lazy(() => import("../palette/Palette").then((module) => ({ default: module.Palette })));
const KeySheet = lazy(() => import("./KeySheet").then((module) => ({ default: module.KeySheet })));

export function Shell() {
  const meta = useQuery(metaQuery);
  const phone = useMediaQuery(PHONE, undefined, { getInitialValueInEffect: false });
  const [palette, setPalette] = useState(0);
  const [sheet, setSheet] = useState(false);
  const openPalette = () => setPalette((count) => count + 1);
  useShellKeys(meta.data, openPalette, () => setSheet(true));
  if (!meta.data) return <ShellPending />;
  return (
    <MetaProvider value={meta.data}>
      <a href="#page" className={classes.skip}>
        {t("skip")}
      </a>
      <div className={classes.shell}>
        {!phone && <Nav onSearch={openPalette} />}
        <main id="page" tabIndex={-1} className={classes.main}>
          <Outlet />
        </main>
        {phone && <BottomBar onSearch={openPalette} />}
      </div>
      <Suspense>
        {palette > 0 && <Palette request={palette} />}
        {sheet && <KeySheet onClose={() => setSheet(false)} />}
      </Suspense>
    </MetaProvider>
  );
}
