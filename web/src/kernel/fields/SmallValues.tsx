/** Values of the rarer kinds, as they are read. */
import { type CSSProperties, Suspense } from "react";
import type { Json, MetaField } from "../../api/types";
import { t } from "../../messages/t";
import { formatAddress, formatDecimal, pointText } from "../../ui/format";
import { lazily } from "../../ui/lazily";
import { useMeta } from "../meta";
import { addressLines } from "./addresses";
import classes from "./Value.module.css";

/** Stars that a rating has at most, unless its field says otherwise. */
const MOST_STARS = 5;
export const starsOf = (field: MetaField): number => Number(field.max) || MOST_STARS;

export function Stars({ value, field }: { value: number; field: MetaField }) {
  const most = starsOf(field);
  if (!Number.isInteger(value) || value < 0 || most > MOST_STARS * 2)
    return <span>{formatDecimal(value)} ★</span>;
  return (
    <span className={classes.stars} role="img" aria-label={t("rating.of", { value, most })}>
      {"★".repeat(value)}
      <span className="quiet">{"☆".repeat(Math.max(0, most - value))}</span>
    </span>
  );
}

export function Swatch({ value }: { value: string }) {
  return (
    <span className={classes.swatch} style={{ "--swatch": value } as CSSProperties}>
      {value}
    </span>
  );
}

const PhoneText = lazily(() => import("./PhoneText").then((it) => it.PhoneText), { ahead: false });

export function Phone({ value, linked }: { value: string; linked?: boolean }) {
  const { company } = useMeta();
  const text = (
    <bdi dir="ltr">
      <Suspense fallback={value}>
        <PhoneText value={value} country={company?.country} />
      </Suspense>
    </bdi>
  );
  if (!linked) return <span className="num">{text}</span>;
  return (
    <a className={classes.link} href={`tel:${value.replace(/[^\d+]/g, "")}`}>
      {text}
    </a>
  );
}

/** A point, which leads to a map. */
export function Place({ value, linked }: { value: Json; linked?: boolean }) {
  const text = pointText(value);
  const point = typeof value === "object" && value !== null && !Array.isArray(value) ? value : null;
  if (!linked || !point) return <span className="num">{text}</span>;
  const [latitude, longitude] = [String(point.latitude), String(point.longitude)];
  return (
    <a
      className={classes.link}
      href={`https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}#map=16/${latitude}/${longitude}`}
      target="_blank"
      rel="noreferrer"
    >
      {text}
    </a>
  );
}

/** An address: one line in lists, an envelope's lines in documents. */
export function Address({ value, linked }: { value: Json; linked?: boolean }) {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    return <span>{String(value)}</span>;
  if (!linked) return <span>{formatAddress(value)}</span>;
  return (
    <address className={classes.address}>
      {addressLines(value).map((line) => (
        <div key={line}>{line}</div>
      ))}
    </address>
  );
}

const Bars = lazily(() => import("./Bars").then((it) => it.Bars), { ahead: false });

export function Barcode({ value }: { value: string }) {
  return (
    <Suspense fallback={<span className="num">{value}</span>}>
      <Bars value={value} />
    </Suspense>
  );
}
