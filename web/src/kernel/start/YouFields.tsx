/** Who sets the company up, how they will sign in, and whether there is something to try it with. */
import { PasswordInput, Radio, TextInput } from "@mantine/core";
import { t } from "../../messages/t";
import { PASSWORD_LEAST, STRENGTHS, strengthOf } from "./password";
import classes from "./Start.module.css";

export interface YouAnswers {
  name: string;
  email: string;
  demo: boolean;
}

interface Props {
  answers: YouAnswers;
  password: string;
  /** The company's name, which is no good password. */
  company: string;
  errorOf: (field: "name" | "email" | "password") => string | undefined;
  onChange: (change: Partial<YouAnswers>) => void;
  onPassword: (password: string) => void;
}

export function YouFields({ answers, password, company, errorOf, onChange, onPassword }: Props) {
  return (
    <>
      <TextInput
        label={t("start.you.name")}
        autoComplete="name"
        required
        withAsterisk={false}
        autoFocus
        value={answers.name}
        error={errorOf("name")}
        onChange={(event) => onChange({ name: event.currentTarget.value })}
      />
      <TextInput
        label={t("signin.email")}
        description={t("start.you.email")}
        type="email"
        autoComplete="username"
        required
        withAsterisk={false}
        value={answers.email}
        error={errorOf("email")}
        onChange={(event) => onChange({ email: event.currentTarget.value })}
      />
      <div>
        <PasswordInput
          label={t("signin.password")}
          description={t("start.you.password", { count: PASSWORD_LEAST })}
          autoComplete="new-password"
          required
          withAsterisk={false}
          value={password}
          error={errorOf("password")}
          aria-invalid={errorOf("password") ? true : undefined}
          visibilityToggleFocusable
          visibilityToggleButtonProps={{ "aria-label": t("signin.show") }}
          onChange={(event) => onPassword(event.currentTarget.value)}
        />
        <Strength password={password} known={[company, answers.name, answers.email]} />
      </div>
      <Radio.Group
        label={t("start.data")}
        value={answers.demo ? "demo" : "own"}
        onChange={(value) => onChange({ demo: value === "demo" })}
      >
        <div className={classes.choices}>
          {(["own", "demo"] as const).map((value) => (
            <Radio.Card
              key={value}
              value={value}
              className={classes.choice}
              aria-label={t(`start.data.${value}`)}
            >
              <Radio.Indicator />
              <span>
                <span className={classes.choiceLabel}>{t(`start.data.${value}`)}</span>
                <span className={classes.quiet}>{t(`start.data.${value}.about`)}</span>
              </span>
            </Radio.Card>
          ))}
        </div>
      </Radio.Group>
    </>
  );
}

/** As a bar and as a word. */
function Strength({ password, known }: { password: string; known: string[] }) {
  const strength = strengthOf(password, known);
  const at = password ? STRENGTHS.indexOf(strength) : -1;
  return (
    <div className={classes.strength} data-strength={password ? strength : undefined}>
      {STRENGTHS.slice(1).map((one, place) => (
        <span key={one} className={classes.bar} data-on={place < at || undefined} />
      ))}
      <span role="status" className={classes.quiet}>
        {password && t(`start.strength.${strength}`)}
      </span>
    </div>
  );
}
