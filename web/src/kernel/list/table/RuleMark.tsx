/** What a coloured row says by its colour, as an icon with a word. */
import { Tooltip } from "@mantine/core";
import {
  IconAlertTriangle,
  IconCircleCheck,
  IconClock,
  IconFlag,
  IconStar,
  type TablerIcon,
} from "@tabler/icons-react";
import type { MetaObject, RecordData } from "../../../api/types";
import { holds } from "../../cel";
import type { ColourRule, RuleTone } from "../layout";
import classes from "./Table.module.css";

const TONE_ICONS: Record<RuleTone, TablerIcon> = {
  bad: IconAlertTriangle,
  waiting: IconClock,
  good: IconCircleCheck,
  progress: IconStar,
  neutral: IconFlag,
};

/** The first rule that holds for a record. */
export const ruleFor = (
  rules: ColourRule[],
  object: MetaObject,
  record: RecordData,
): ColourRule | undefined => rules.find((rule) => holds(rule.when, object.fields, record, false));

export function RuleMark({ rule }: { rule: ColourRule }) {
  const Shape = TONE_ICONS[rule.tone];
  return (
    <Tooltip label={rule.word}>
      <span className={classes.mark} data-tone={rule.tone}>
        <Shape size={14} stroke={1.8} role="img" aria-label={rule.word} />
      </span>
    </Tooltip>
  );
}
