/** What can be done with any record, whichever app it is of: share, copy, archive, merge, ask why. */
import {
  type Icon,
  IconArchive,
  IconArchiveOff,
  IconCopy,
  IconHelp,
  IconShare,
  IconTools,
  IconVersions,
} from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";

import { runAction } from "../../api/commands";
import type { MetaObject, RecordData } from "../../api/types";
import { t } from "../../messages/t";
import { lazily } from "../../ui/lazily";
import { recordAddress } from "../addresses";
import { useChanges } from "../changes";
import { can, useMeta } from "../meta";
import { customiseAddress, mayCustomise } from "../studio/may";
import { offers } from "./fitting";
import { useAbout } from "./hanging";

const ShareDialog = lazily(() => import("./ShareDialog").then((it) => it.ShareDialog));
const MergeDialog = lazily(() => import("./MergeDialog").then((it) => it.MergeDialog));
const ExplainDialog = lazily(() => import("./ExplainDialog").then((it) => it.ExplainDialog));

/** Those that ask in a dialog. */
export type Further = "share" | "merge" | "explain";

interface Item {
  name: string;
  label: string;
  Icon: Icon;
}
type DialogItem = Item & { name: Further; run?: undefined };
type DirectItem = Item & { run: () => void };

export function useFurther(object: MetaObject, record: RecordData, id: string): (DialogItem | DirectItem)[] {
  const changes = useChanges();
  const navigate = useNavigate();
  const { carries, of } = useAbout(object, id);
  const shares = of("share");
  const meta = useMeta();
  const act = useMutation({
    mutationFn: (name: string) => runAction(`${object.path}/${id}/${name}`, {}),
    onSuccess: async ({ data, run }, name) => {
      const made =
        name === "copy" && typeof data === "object" && data !== null && !Array.isArray(data) && data.id;
      if (made) await navigate({ to: recordAddress(object.path, made) });
      const done = { copy: t("copied.record"), archive: t("archived"), unarchive: t("unarchived") }[name];
      await changes.done(done ?? t("saved"), run);
    },
    onError: changes.failed,
  });
  const items: (DialogItem | DirectItem | false)[] = [
    carries && shares !== undefined && { name: "share", label: t("share.open"), Icon: IconShare },
    can(object, "create") && {
      name: "copy",
      label: t("copy.record"),
      Icon: IconCopy,
      run: () => act.mutate("copy"),
    },
    offers(object, record, "merge") && { name: "merge", label: t("merge.open"), Icon: IconVersions },
    offers(object, record, "archive") &&
      record.archived !== true && {
        name: "archive",
        label: t("archive"),
        Icon: IconArchive,
        run: () => act.mutate("archive"),
      },
    offers(object, record, "unarchive") &&
      record.archived === true && {
        name: "unarchive",
        label: t("unarchive"),
        Icon: IconArchiveOff,
        run: () => act.mutate("unarchive"),
      },
    { name: "explain", label: t("explain.open"), Icon: IconHelp },
    mayCustomise(meta) && {
      name: "customise",
      label: t("studio.customise"),
      Icon: IconTools,
      run: () => void navigate({ to: customiseAddress(object) }),
    },
  ];
  return items.filter((item) => item !== false);
}

interface Props {
  name: Further;
  object: MetaObject;
  record: RecordData;
  id: string;
  title: string;
  onClose: () => void;
}

export function FurtherDialog({ name, object, record, id, title, onClose }: Props) {
  const about = useAbout(object, id);
  const shares = about.of("share");
  if (name === "share") {
    return shares && <ShareDialog shares={shares} about={about} title={title} onClose={onClose} />;
  }
  if (name === "merge") {
    return <MergeDialog object={object} record={record} id={id} title={title} onClose={onClose} />;
  }
  return <ExplainDialog object={object} id={id} title={title} onClose={onClose} />;
}
