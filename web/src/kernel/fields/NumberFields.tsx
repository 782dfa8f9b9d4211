/** Inputs for exact numbers: what is typed stays a decimal string, money keeps its currency. */
import { NativeSelect, NumberInput } from "@mantine/core";
import type { Json, MetaField } from "../../api/types";
import { t } from "../../messages/t";
import { amountOf, currencyDigits, decimalSeparator, groupSeparator } from "../../ui/format";
import type { CommonProps } from "./FieldInput";
import classes from "./Fields.module.css";

interface Props {
  common: CommonProps;
  field: MetaField;
  value: Json | undefined;
  onChange: (value: Json) => void;
  compact?: boolean;
}

const SCALES: Record<string, number> = { integer: 0, money: 4, quantity: 6, decimal: 6, percent: 6, rate: 8 };

const numbers = {
  hideControls: true,
  decimalSeparator,
  thousandSeparator: groupSeparator,
  allowedDecimalSeparators: [".", decimalSeparator],
};

function NumberText(
  props: Props & { scale: number; text: string; suffix?: string; onText: (text: string) => void },
) {
  const { common, text, scale, suffix, onText } = props;
  return (
    <NumberInput
      {...common}
      {...numbers}
      // In a cell the arrows lead to other cells.
      withKeyboardEvents={!props.compact}
      classNames={{ input: classes.number }}
      decimalScale={scale}
      value={text}
      rightSection={suffix ? <span className={classes.suffix}>{suffix}</span> : undefined}
      rightSectionWidth={suffix ? 18 + suffix.length * 8 : undefined}
      rightSectionPointerEvents="none"
      onValueChange={(payload, source) => {
        if (source.source === "event" && payload.value !== text) onText(payload.value);
      }}
    />
  );
}

export function DecimalInput(props: Props) {
  const { field, value, onChange } = props;
  const isWhole = field.type === "integer";
  return (
    <NumberText
      {...props}
      scale={SCALES[field.type] ?? 6}
      text={value === null || value === undefined ? "" : String(value)}
      suffix={field.type === "percent" ? "%" : (field.unit ?? undefined)}
      onText={(text) => onChange(text === "" || text === "-" ? null : isWhole ? Number(text) : text)}
    />
  );
}

interface AmountProps extends Props {
  currency: string | null;
  /** The document decides the currency, so only the figure is sent. */
  fixed?: boolean;
}

const CURRENCIES = Intl.supportedValuesOf("currency");

export function AmountInput(props: AmountProps) {
  const { common, field, value, onChange, currency, fixed, compact } = props;
  const amount = amountOf(value);
  const own = (fixed ? currency : null) ?? amount?.currency ?? currency;
  const put = (text: string, code: string | null) => {
    if (text === "" || text === "-") onChange(null);
    else onChange(fixed || !code ? text : { amount: text, currency: code });
  };
  const figure = (
    <NumberText
      {...props}
      common={fixed || compact ? common : { ...common, error: common.error, description: common.description }}
      scale={SCALES.money ?? 4}
      text={amount ? trimZeros(amount.amount, currencyDigits(own)) : ""}
      suffix={(fixed && !compact && own) || undefined}
      onText={(text) => put(text, own)}
    />
  );
  if (fixed || compact) return figure;
  return (
    <div className={classes.amount}>
      {figure}
      <NativeSelect
        aria-label={t("currency.of", { name: field.label })}
        className={classes.currencySelect}
        data={own && !CURRENCIES.includes(own) ? [own, ...CURRENCIES] : CURRENCIES}
        value={own ?? ""}
        onChange={(event) => put(amount?.amount ?? "", event.currentTarget.value)}
      />
    </div>
  );
}

/** Storage keeps four decimals; an input shows no more than are needed. */
function trimZeros(text: string, least: number): string {
  const [whole = "", fraction = ""] = text.split(".");
  const kept = fraction.replace(/0+$/, "").padEnd(Math.min(least, fraction.length), "0");
  return text.includes(".") && kept ? `${whole}.${kept}` : text.endsWith(".") ? text : whole;
}
