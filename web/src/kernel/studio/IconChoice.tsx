/** The sign of an object, chosen among those that are bundled. */
import { manifestIcons } from "virtual:manifest-icons";
import { t } from "../../messages/t";
import { Icon } from "../../ui/Icon";
import classes from "./Studio.module.css";

export function IconChoice({ icon, onIcon }: { icon: string; onIcon: (icon: string) => void }) {
  return (
    <fieldset className={classes.fieldset}>
      <legend className={classes.small}>{t("studio.object.icon")}</legend>
      <div className={classes.icons}>
        {Object.keys(manifestIcons).map((name) => (
          <label key={name} className={classes.iconChoice} title={name}>
            <input
              type="radio"
              name="studio-icon"
              className="sr-only"
              aria-label={name.replaceAll("-", " ")}
              checked={name === icon}
              onChange={() => onIcon(name)}
            />
            <Icon name={name} />
          </label>
        ))}
      </div>
    </fieldset>
  );
}
