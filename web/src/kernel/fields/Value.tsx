/** Shows one value of a field, quietly, as lists, cards and read-only forms need it. */

import { IconCheck } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { Json, MetaField, MetaObject } from "../../api/types";
import { t } from "../../messages/t";
import { amountOf, formatAmount, formatDecimal, formatDuration } from "../../ui/format";
import { StateBadge, toneOf } from "../../ui/StateBadge";
import { recordAddress } from "../addresses";
import { choicesOf, findObject, titleOf, useMeta } from "../meta";
import { titleQuery } from "../titles";
import { FileValue, PictureValue } from "./FileValue";
import { MarkdownText, withoutMarks } from "./MarkdownText";
import { Moment } from "./Moment";
import { Previewed } from "./Previewed";
import { Address, Barcode, Phone, Place, Stars, Swatch } from "./SmallValues";
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
  /** A figure over many records: money is no finer than its currency. */
  rounded?: boolean;
}

type MoneyProps = Pick<Props, "value" | "currency" | "implied" | "rounded">;

export function Money({ value, currency, implied, rounded }: MoneyProps) {
  const amount = amountOf(value);
  if (!amount) return null;
  const code = amount.currency ?? currency;
  return (
    <span
      className={classes.money}
      data-negative={amount.amount.startsWith("-") || undefined}
      data-zero={/^-?[0.]*$/.test(amount.amount) || undefined}
    >
      {formatAmount({ ...amount, currency: code ?? null }, rounded)}
      {code && code !== implied && <span className={classes.currency}> {code}</span>}
    </span>
  );
}

/** What a linked record is called: told by the expanded value, or fetched by its id. */
export function useTitle(to: string | null | undefined, value: Json): string {
  const target = findObject(useMeta(), to);
  const expanded = typeof value === "object" && value !== null && !Array.isArray(value) ? value : null;
  const id = expanded ? String(expanded.id ?? "") : String(value ?? "");
  const title = useQuery({ ...titleQuery(target, id), enabled: Boolean(target && !expanded && id) });
  if (expanded) {
    const named = expanded.name ?? expanded.title ?? expanded.code;
    return target ? titleOf(target, expanded) : typeof named === "string" ? named : t("link.hidden");
  }
  return title.isPending && target && id ? "…" : (title.data ?? t("link.hidden"));
}

interface LinkProps {
  to?: string | null;
  value: Json;
  linked?: boolean;
  /** What stands in place of a record that is not there to be seen. */
  otherwise?: string;
}

/** The title of a linked record; as an anchor it shows the record when the pointer rests on it. */
export function LinkTitle({ to, value, linked, otherwise }: LinkProps) {
  const target = findObject(useMeta(), to);
  const text = useTitle(to, value);
  const id = typeof value === "object" && value !== null && !Array.isArray(value) ? value.id : value;
  if (!linked || !target || target.child || !id || text === t("link.hidden"))
    return <bdi>{text === t("link.hidden") ? (otherwise ?? text) : text}</bdi>;
  return (
    <Previewed object={target} id={String(id)}>
      <Link to={recordAddress(target.path, id)} className={classes.link}>
        <bdi>{text}</bdi>
      </Link>
    </Previewed>
  );
}

function labelOf(object: MetaObject | undefined, field: MetaField, value: Json): string {
  return choicesOf(object, field).find((choice) => choice.value === value)?.label ?? String(value);
}

export function Value({ field, value, object, relative, linked, currency, implied, late, rounded }: Props) {
  if (value === null || value === undefined || value === "") return null;
  switch (field.type) {
    case "money":
      return <Money value={value} currency={currency} implied={implied} rounded={rounded} />;
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
      return <Stars value={Number(value)} field={field} />;
    case "duration":
      return <span className={classes.money}>{formatDuration(Number(value))}</span>;
    case "geo":
      return <Place value={value} linked={linked} />;
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
      return <Address value={value} linked={linked} />;
    case "email":
      return linked ? (
        <a className={classes.link} href={`mailto:${String(value)}`}>
          {String(value)}
        </a>
      ) : (
        <span>{String(value)}</span>
      );
    case "phone":
      return <Phone value={String(value)} linked={linked} />;
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
      return <FileValue id={String(value)} linked={linked} />;
    case "image":
    case "signature":
      return <PictureValue id={String(value)} label={field.label} linked={linked} />;
    case "colour":
      return <Swatch value={String(value)} />;
    case "markdown":
    case "rich_text":
      return linked ? <MarkdownText text={String(value)} /> : <span>{withoutMarks(String(value))}</span>;
    case "long_text":
      return <span className={linked ? classes.lines : undefined}>{String(value)}</span>;
    case "code":
      return linked ? (
        <pre className={classes.block}>{String(value)}</pre>
      ) : (
        <code className={classes.code}>{String(value)}</code>
      );
    case "barcode":
      return linked ? <Barcode value={String(value)} /> : <span className="num">{String(value)}</span>;
    case "json":
      return linked ? (
        <pre className={classes.block}>{JSON.stringify(value, null, 2)}</pre>
      ) : (
        <code className={classes.code}>{JSON.stringify(value)}</code>
      );
    default:
      // A name in other letters than the page's keeps its order, to the last full stop.
      return <bdi>{typeof value === "object" ? JSON.stringify(value) : String(value)}</bdi>;
  }
}
