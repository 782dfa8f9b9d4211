/** Records as pictures with what is said of them; who has no picture has its first letters. */
import { Button } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { apiUrl } from "../../../api/http";
import { listQuery } from "../../../api/queries";
import type { MetaField, RecordData } from "../../../api/types";
import { t } from "../../../messages/t";
import { recordAddress } from "../../addresses";
import { Value } from "../../fields/Value";
import { expandOf, fieldOf, titleOf, type View } from "../../meta";
import { isLate } from "../../overdue";
import type { ViewProps } from "../props";
import { ViewState } from "../ViewState";
import classes from "./Gallery.module.css";

/** What a picture is asked for in: twice the room that it has. */
const PIXELS = 512;

const letters = (title: string): string =>
  title
    .split(/\s+/)
    .slice(0, 2)
    .map((word) => Array.from(word)[0] ?? "")
    .join("")
    .toUpperCase();

function Picture({ file, title }: { file: unknown; title: string }) {
  if (typeof file !== "string") {
    return (
      <span className={classes.letters} aria-hidden>
        {letters(title)}
      </span>
    );
  }
  const src = apiUrl(`core/files/${file}/thumbnail`, { size: PIXELS });
  return <img className={classes.picture} src={src} alt="" loading="lazy" decoding="async" />;
}

export function GalleryView({ object, view, filter, q }: ViewProps<View<"gallery">>) {
  const list = useInfiniteQuery(
    listQuery(object.path, { filter, q, sort: view.sort ?? undefined, expand: expandOf(object, view.card) }),
  );
  const records = list.data?.pages.flatMap((page) => page.data) ?? [];
  const fields = view.card
    .map((name) => fieldOf(object, name))
    .filter((field): field is MetaField => field !== undefined && field.name !== object.title);
  const lines = (record: RecordData) =>
    fields.flatMap((field) => {
      const value = record[field.name];
      if (value === null || value === undefined || value === "") return [];
      return (
        <span key={field.name} className={classes.line}>
          <span className="sr-only">{field.label}: </span>
          <Value field={field} object={object} value={value} late={isLate(object, field, record)} relative />
        </span>
      );
    });
  return (
    <ViewState
      pending={list.isPending}
      error={list.error}
      empty={records.length === 0}
      onRetry={() => void list.refetch()}
    >
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
      <section className={classes.scroller} tabIndex={0} aria-label={view.label}>
        <ul className={classes.grid}>
          {records.map((record) => (
            <li key={String(record.id)} className={classes.card}>
              <Picture file={record[view.image]} title={titleOf(object, record)} />
              <span className={classes.words}>
                <Link to={recordAddress(object.path, record.id)} className={classes.title}>
                  {titleOf(object, record)}
                </Link>
                {lines(record)}
              </span>
            </li>
          ))}
        </ul>
        {list.hasNextPage && (
          <Button
            variant="subtle"
            color="gray"
            className={classes.more}
            loading={list.isFetchingNextPage}
            onClick={() => void list.fetchNextPage()}
          >
            {t("show.more")}
          </Button>
        )}
      </section>
    </ViewState>
  );
}
