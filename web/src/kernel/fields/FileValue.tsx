/** A file that a field refers to: a picture is seen, everything else is opened by its name. */
import { IconPaperclip } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { t } from "../../messages/t";
import { findObject, useMeta } from "../meta";
import { titleQuery } from "../titles";
import { contentOf, thumbnailOf } from "./upload";
import classes from "./Value.module.css";

/** The name of a file, where it may be read: the record of a file stays with its uploader. */
function useFileName(id: string): string {
  const files = findObject(useMeta(), "core.file");
  return useQuery(titleQuery(files, id)).data ?? t("file");
}

export function FileValue({ id, linked }: { id: string; linked?: boolean }) {
  const name = useFileName(id);
  const icon = <IconPaperclip size={16} stroke={1.6} aria-hidden />;
  if (!linked) {
    return (
      <span className={classes.file}>
        {icon}
        <span className="truncate">{name}</span>
      </span>
    );
  }
  return (
    <a href={contentOf(id)} target="_blank" rel="noreferrer" className={`${classes.file} ${classes.link}`}>
      {icon}
      {name}
    </a>
  );
}

export function PictureValue({ id, label, linked }: { id: string; label: string; linked?: boolean }) {
  if (!linked) {
    return (
      <span className={classes.picture} data-small>
        <img src={thumbnailOf(id, 64)} alt={label} loading="lazy" />
      </span>
    );
  }
  return (
    <a href={contentOf(id)} target="_blank" rel="noreferrer" className={classes.picture}>
      <img src={thumbnailOf(id, 512)} alt={label} />
    </a>
  );
}
