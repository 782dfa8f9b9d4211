/** One tile: its title, which leads to the whole of what it shows, and what it says now. */
import { IconFilterOff } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { type CSSProperties, type ReactNode, useId } from "react";
import type { MetaField } from "../../api/types";
import { t } from "../../messages/t";
import { joinCel } from "../joinCel";
import { companyFilter, findObject, useMeta } from "../meta";
import { usePageSearch } from "../useSearch";
import classes from "./Dashboard.module.css";
import { isAsked, sharedFilter, sharedKey } from "./shared";
import { TileContent } from "./TileContent";
import { type BoardTile, wholeOf } from "./tiles";

interface Props {
  tile: BoardTile;
  /** The fields by which the page is narrowed. */
  shared: MetaField[];
  /** What changes the tile, while its page is arranged. */
  tools?: ReactNode;
}

/** The room of a tile that has been given some, in columns and lines. */
const roomOf = ({ width, height }: BoardTile): CSSProperties =>
  ({ "--wide": width ?? undefined, "--high": height ?? undefined }) as CSSProperties;

export function TileCard({ tile, shared, tools }: Props) {
  const heading = useId();
  const meta = useMeta();
  const [search] = usePageSearch();
  const object = tile.kind === "report" ? undefined : findObject(meta, tile.source);
  const narrowed = object && sharedFilter(object, shared, search);
  const asked = joinCel([tile.filter ?? undefined, narrowed?.filter]);
  const whole = wholeOf(meta, { ...tile, filter: asked ?? null });
  const untouched = narrowed ? !narrowed.whole : shared.some((field) => isAsked(search[sharedKey(field)]));
  return (
    <article
      className={classes.tile}
      data-kind={tile.kind}
      data-wide={tile.width ? true : undefined}
      data-high={tile.height ? true : undefined}
      style={roomOf(tile)}
      aria-labelledby={heading}
    >
      <div className={classes.head}>
        <h2 id={heading} className={classes.title}>
          {whole && !tools ? (
            <Link to={whole.to} search={whole.search} className={classes.whole}>
              {tile.title}
            </Link>
          ) : (
            tile.title
          )}
        </h2>
        {untouched && (
          <IconFilterOff
            size={14}
            stroke={1.6}
            role="img"
            aria-label={t("shared.not")}
            className={classes.quiet}
          >
            <title>{t("shared.not")}</title>
          </IconFilterOff>
        )}
        {tools}
      </div>
      <TileContent
        tile={tile}
        object={object}
        asked={asked}
        filter={joinCel([object && companyFilter(meta, object), asked])}
        heading={heading}
      />
    </article>
  );
}
