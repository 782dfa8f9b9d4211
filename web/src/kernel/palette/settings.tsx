/** Commands of the page itself: how it looks, its language, the company, the way out. */
import { useMantineColorScheme } from "@mantine/core";
import {
  IconBuilding,
  IconKeyboard,
  IconLanguage,
  IconLogout,
  IconPalette,
  IconSettings,
} from "@tabler/icons-react";
import { chooseLanguage, LANGUAGES, type Language, language } from "../../messages/language";
import { t } from "../../messages/t";
import { useLook } from "../../ui/look";
import { useMeta } from "../meta";
import { SCHEMES } from "../shell/schemes";
import { openKeys, openPreferences } from "../shell/sheets";
import { useCompanyChoice } from "../shell/useCompanyChoice";
import { useSignOut } from "../shell/useSignOut";
import type { Command } from "./commands";

export function useSettings(): Command[] {
  const meta = useMeta();
  const { setColorScheme } = useMantineColorScheme();
  const [{ contrast, density }, setLook] = useLook();
  const choose = useCompanyChoice();
  const leave = useSignOut();
  const palette = <IconPalette size={18} stroke={1.6} aria-hidden />;
  const setting = (id: string, about: string, label: string, icon: Command["icon"], run: () => void) => ({
    id: `set:${id}`,
    label,
    about,
    icon,
    run,
  });
  return [
    ...SCHEMES.map(({ value, label }) =>
      setting(value, t("theme"), t(label), palette, () => setColorScheme(value)),
    ),
    setting("contrast", t("theme"), t(contrast === "more" ? "contrast.less" : "contrast.more"), palette, () =>
      setLook({ contrast: contrast === "more" ? "normal" : "more" }),
    ),
    setting(
      "density",
      t("density"),
      t(density === "compact" ? "density.normal" : "density.compact"),
      palette,
      () => setLook({ density: density === "compact" ? "normal" : "compact" }),
    ),
    ...(Object.entries(LANGUAGES) as [Language, string][])
      .filter(([tag]) => tag !== language)
      .map(([tag, name]) =>
        setting(tag, t("language"), name, <IconLanguage size={18} stroke={1.6} aria-hidden />, () =>
          chooseLanguage(tag),
        ),
      ),
    ...(meta.companies.length > 1 ? meta.companies : [])
      .filter(({ id }) => id !== meta.company?.id)
      .map(({ id, name }) =>
        setting(id, t("company.work"), name, <IconBuilding size={18} stroke={1.6} aria-hidden />, () =>
          choose(id),
        ),
      ),
    setting(
      "preferences",
      "",
      t("preferences"),
      <IconSettings size={18} stroke={1.6} aria-hidden />,
      openPreferences,
    ),
    setting("keys", "", t("keys.title"), <IconKeyboard size={18} stroke={1.6} aria-hidden />, openKeys),
    setting("leave", "", t("signout"), <IconLogout size={18} stroke={1.6} aria-hidden />, () => void leave()),
  ];
}
