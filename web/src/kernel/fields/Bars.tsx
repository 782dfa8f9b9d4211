/** A barcode that a scanner reads from the screen or from paper. */
import JsBarcode from "jsbarcode";
import { useEffect, useRef } from "react";
import classes from "./Value.module.css";

/** What the figures are when they are as many as a standard has; everything else is Code 128. */
const FORMATS: Record<number, string> = { 8: "EAN8", 12: "UPC", 13: "EAN13" };

export function Bars({ value }: { value: string }) {
  const svg = useRef<SVGSVGElement>(null);
  useEffect(() => {
    const draw = (format: string) =>
      JsBarcode(svg.current, value, {
        format,
        height: 48,
        width: 1.5,
        margin: 0,
        fontSize: 12,
        font: "monospace",
      });
    const format = /^\d+$/.test(value) ? FORMATS[value.length] : undefined;
    try {
      draw(format ?? "CODE128");
    } catch {
      // The last figure does not fit the others, so that it is no number of that standard.
      draw("CODE128");
    }
  }, [value]);
  return (
    <span className={classes.barcode}>
      <svg ref={svg} role="img" aria-label={value} />
    </span>
  );
}
