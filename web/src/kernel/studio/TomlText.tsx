/** A manifest as it will stand; the lines that are new are marked. */
import { Text } from "@mantine/core";
import { t } from "../../messages/t";
import classes from "./Studio.module.css";

export function TomlText({ text, before }: { text: string; before?: string }) {
  if (!text.trim()) return <Text size="sm">{t("studio.toml.gone")}</Text>;
  const known = before === undefined ? null : new Set(before.split("\n"));
  const lines = text.replace(/\n$/, "").split("\n");
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: long lines are scrolled by keys, too
    <section className={classes.toml} tabIndex={0} aria-label={t("studio.toml")}>
      <pre>
        {lines.map((line, at) => {
          const fresh = known && line.trim() && !known.has(line);
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: lines have no name but their place
            <span key={at} className={classes.line} data-new={fresh || undefined}>
              {line || " "}
            </span>
          );
        })}
      </pre>
    </section>
  );
}
