/** Language and look, as this person has them on this device. */
import { Modal, NativeSelect, SegmentedControl, Stack, Switch, useMantineColorScheme } from "@mantine/core";
import { useId } from "react";
import { chooseLanguage, LANGUAGES, type Language, language } from "../../messages/language";
import { t } from "../../messages/t";
import { useLook } from "../../ui/look";
import classes from "./Preferences.module.css";
import { SCHEMES } from "./schemes";
import type { SheetProps } from "./useSheet";

export function Preferences(sheet: SheetProps) {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const [look, setLook] = useLook();
  return (
    <Modal {...sheet} title={t("preferences")} size="sm" closeButtonProps={{ "aria-label": t("close") }}>
      <Stack gap="lg">
        <NativeSelect
          label={t("language")}
          description={t("language.help")}
          data={Object.entries(LANGUAGES).map(([value, label]) => ({ value, label }))}
          value={language}
          onChange={(event) => chooseLanguage(event.currentTarget.value as Language)}
        />
        <Choice
          label={t("theme")}
          data={SCHEMES.map(({ value, label }) => ({ value, label: t(label) }))}
          value={colorScheme}
          onChange={setColorScheme}
        />
        <Switch
          label={t("contrast.more")}
          description={t("contrast.help")}
          checked={look.contrast === "more"}
          onChange={(event) => setLook({ contrast: event.currentTarget.checked ? "more" : "normal" })}
        />
        <Choice
          label={t("density")}
          data={(["normal", "compact"] as const).map((value) => ({ value, label: t(`density.${value}`) }))}
          value={look.density}
          onChange={(density) => setLook({ density })}
        />
      </Stack>
    </Modal>
  );
}

interface ChoiceProps<Value extends string> {
  label: string;
  data: { value: Value; label: string }[];
  value: Value;
  onChange: (value: Value) => void;
}

function Choice<Value extends string>({ label, data, value, onChange }: ChoiceProps<Value>) {
  const id = useId();
  return (
    <div>
      <span id={id} className={classes.label}>
        {label}
      </span>
      <SegmentedControl
        fullWidth
        aria-labelledby={id}
        data={data}
        value={value}
        onChange={(chosen) => onChange(chosen as Value)}
      />
    </div>
  );
}
