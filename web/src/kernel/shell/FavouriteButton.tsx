/** The star beside the title of a record. */
import { ActionIcon, Tooltip } from "@mantine/core";
import { t } from "../../messages/t";
import { useFavouriteCommand, useFavouriteHere } from "./useFavourites";

export function FavouriteButton() {
  const here = useFavouriteHere();
  const command = useFavouriteCommand();
  if (!here || !command) return null;
  return (
    <Tooltip label={command.label}>
      <ActionIcon data-favourite aria-label={t("favourite")} aria-pressed={here.kept} onClick={here.toggle}>
        {command.icon}
      </ActionIcon>
    </Tooltip>
  );
}
