/** What a company does, and the apps that stand first for it. */
import { Checkbox, Radio } from "@mantine/core";
import { t } from "../../messages/t";
import { Icon } from "../../ui/Icon";
import { allKinds } from "./kinds";
import classes from "./Start.module.css";

export interface AppOffer {
  name: string;
  label: string;
  about?: string | null;
  icon?: string | null;
}

export interface WorkAnswers {
  /** The name of a kind; empty where nothing was said. */
  kind: string;
  /** Null: all of them, as they come. */
  apps: string[] | null;
}

interface Props {
  answers: WorkAnswers;
  apps: AppOffer[];
  onChange: (change: WorkAnswers) => void;
}

export function WorkFields({ answers, apps, onChange }: Props) {
  const choose = (name: string) => {
    const fitting = allKinds().find((kind) => kind.name === name)?.apps;
    const offered = fitting?.filter((one) => apps.some((app) => app.name === one));
    onChange({ kind: name, apps: offered ?? null });
  };
  const chosen = answers.apps ?? apps.map((app) => app.name);
  return (
    <>
      <Radio.Group label={t("start.kind")} value={answers.kind} onChange={choose}>
        <div className={classes.choices}>
          {allKinds().map((kind, at) => (
            <Radio.Card
              key={kind.name}
              value={kind.name}
              className={classes.choice}
              aria-label={t(kind.label)}
              autoFocus={answers.kind ? answers.kind === kind.name : at === 0}
            >
              <Radio.Indicator />
              <span>
                <span className={classes.choiceLabel}>{t(kind.label)}</span>
                <span className={classes.quiet}>{t(kind.about)}</span>
              </span>
            </Radio.Card>
          ))}
        </div>
      </Radio.Group>
      <Checkbox.Group
        label={t("start.apps")}
        description={t("start.apps.help")}
        value={chosen}
        onChange={(names) => onChange({ ...answers, apps: names })}
      >
        <div className={classes.apps}>
          {apps.map((app) => (
            <Checkbox
              key={app.name}
              value={app.name}
              aria-label={app.label}
              label={
                <span className={classes.appLabel}>
                  <Icon name={app.icon} size={16} />
                  {app.label}
                </span>
              }
              description={app.about}
            />
          ))}
        </div>
      </Checkbox.Group>
    </>
  );
}
