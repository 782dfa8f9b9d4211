/** Shows one value of a field, quietly, as lists, cards and read-only forms need it. */

import { IconCheck, IconPaperclip } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { Json, MetaField, MetaObject } from "../../api/types";
import { t } from "../../messages/t";
import {
  amountOf,
  formatAddress,
  formatAmount,
  formatDecimal,
  formatDuration,
  pointText,
} from "../../ui/format";
import { StateBadge, toneOf } from "../../ui/StateBadge";
import { recordAddress } from "../addresses";
import { choicesOf, findObject, titleOf, useMeta } from "../meta";
import { titleQuery } from "../titles";
import { Moment } from "./Moment";
import classes from "./Value.module.css";

interface Props {
  field: MetaField;
  value: Json | undefined;
  object?: MetaObject;
  /** Lists show dates relative to today, documents show them in full. */
  relative?: boolean;
  /** Links become anchors to the record. */
  linked?: boolean;
  /** Currency of an amount that names none. */
  currency?: string | null;
  /** The currency that goes without saying, as in the lines of a document. */
  implied?: string | null;
  /** The date has passed and what it was for has not happened. */
  late?: boolean;
}

export function Money({ value, currency, implied }: Pick<Props, "value" | "currency" | "implied">) {
  const amount = amountOf(value);
  if (!amount) return null;
  const code = amount.currency ?? currency;
  return (
    <span
      className={classes.money}
      data-negative={amount.amount.startsWith("-") || undefined}
      data-zero={/^-?[0.]*$/.test(amount.amount) || undefined}
    >
      {formatAmount({ ...amount, currency: code ?? null })}
      {code && code !== implied && <span className={classes.currency}> {code}</span>}
    </span>
  );
}

/** The title of a linked record, from the expanded value or fetched by id. */
export function LinkTitle({ to, value, linked }: { to?: string | null; value: Json; linked?: boolean }) {
  const meta = useMeta();
  const target = findObject(meta, to);
  const expanded = typeof value === "object" && value !== null && !Array.isArray(value) ? value : null;
  const id = expanded ? String(expanded.id ?? "") : String(value);
  const title = useQuery({ ...titleQuery(target, id), enabled: Boolean(target && !expanded && id) });
  const named = expanded && (expanded.name ?? expanded.title ?? expanded.code);
  const text = expanded
    ? target
      ? titleOf(target, expanded)
      : typeof named === "string"
        ? named
        : t("link.hidden")
    : title.isPending && target
      ? "…"
      : (title.data ?? t("link.hidden"));
  if (!linked || !target || target.child || (!expanded && !title.data)) return <span>{text}</span>;
  return (
    <Link to={recordAddress(target.path, id)} className={classes.link}>
      {text}
    </Link>
  );
}

function labelOf(object: MetaObject | undefined, field: MetaField, value: Json): string {
  return choicesOf(object, field).find((choice) => choice.value === value)?.label ?? String(value);
}

export function Value({ field, value, object, relative, linked, currency, implied, late }: Props) {
  if (value === null || value === undefined || value === "") return null;
  switch (field.type) {
    case "money":
      return <Money value={value} currency={currency} implied={implied} />;
    case "decimal":
    case "quantity":
    case "rate":
    case "integer":
      return (
        <span className={classes.money}>
          {formatDecimal(value)}
          {field.unit && <span className={classes.currency}> {field.unit}</span>}
        </span>
      );
    case "rating":
      return <span className={classes.money}>{formatDecimal(value)} ★</span>;
    case "duration":
      return <span className={classes.money}>{formatDuration(Number(value))}</span>;
    case "geo":
      return <span className="num">{pointText(value)}</span>;
    case "percent":
      return <span className={classes.money}>{formatDecimal(value)} %</span>;
    case "boolean":
      return value ? (
        <IconCheck size={16} aria-label={t("yes")} role="img" />
      ) : (
        <span className="quiet">{t("no")}</span>
      );
    case "date":
    case "datetime":
      return <Moment value={String(value)} relative={relative} late={late} />;
    case "choice": {
      const label = labelOf(object, field, value);
      return object?.states?.field === field.name ? (
        <StateBadge label={label} tone={toneOf(String(value), object.states.initial)} />
      ) : (
        <span>{label}</span>
      );
    }
    case "choices":
    case "tags":
      return (
        <span className={classes.tags}>
          {(Array.isArray(value) ? value : [value]).map((one) => (
            <span key={String(one)} className={classes.tag}>
              {labelOf(object, field, one)}
            </span>
          ))}
        </span>
      );
    case "link":
      return <LinkTitle to={field.to} value={value} linked={linked} />;
    case "dynamic_link":
      return typeof value === "object" && !Array.isArray(value) ? (
        <LinkTitle to={String(value.object)} value={String(value.id)} linked={linked} />
      ) : null;
    case "links":
      return (
        <span className={classes.tags}>
          {(Array.isArray(value) ? value : [value]).map((one) => (
            <span key={typeof one === "object" ? JSON.stringify(one) : String(one)} className={classes.tag}>
              <LinkTitle to={field.to} value={one} linked={linked} />
            </span>
          ))}
        </span>
      );
    case "table":
      return <span className="num">{Array.isArray(value) ? value.length : ""}</span>;
    case "address":
      return (
        <span>
          {typeof value === "object" && !Array.isArray(value) ? formatAddress(value) : String(value)}
        </span>
      );
    case "email":
      return linked ? (
        <a className={classes.link} href={`mailto:${String(value)}`}>
          {String(value)}
        </a>
      ) : (
        <span>{String(value)}</span>
      );
    case "phone":
      return linked ? (
        <a className={classes.link} href={`tel:${String(value)}`}>
          {String(value)}
        </a>
      ) : (
        <span>{String(value)}</span>
      );
    case "url":
      return linked && /^https?:/.test(String(value)) ? (
        <a className={classes.link} href={String(value)} target="_blank" rel="noreferrer">
          {String(value)}
        </a>
      ) : (
        <span>{String(value)}</span>
      );
    case "secret":
      return <span className="quiet">••••••</span>;
    case "file":
    case "image":
    case "signature":
      return <IconPaperclip size={16} aria-label={field.label} role="img" />;
    case "json":
      return <code className={classes.code}>{JSON.stringify(value)}</code>;
    default:
      return <span>{typeof value === "object" ? JSON.stringify(value) : String(value)}</span>;
  }
}
