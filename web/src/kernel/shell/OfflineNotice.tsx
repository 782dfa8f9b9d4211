/** Says that there is no connection, and what becomes of what is typed meanwhile. */
import { IconCloudOff } from "@tabler/icons-react";
import { t } from "../../messages/t";
import { useOnline } from "../../ui/offline";
import classes from "./Shell.module.css";

export function OfflineNotice() {
  const online = useOnline();
  return (
    <div role="status" aria-label={t("offline")} className={classes.offline}>
      {!online && (
        <p>
          <IconCloudOff size={16} stroke={1.6} aria-hidden /> {t("offline.text")}
        </p>
      )}
    </div>
  );
}
