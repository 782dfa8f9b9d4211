/** Says that rows came which are not shown yet, so that nothing moves under somebody's eyes. */
import { Button } from "@mantine/core";
import { IconArrowUp } from "@tabler/icons-react";
import { t } from "../../../messages/t";
import classes from "./Table.module.css";

export function NewRows({ count, onShow }: { count: number; onShow: () => void }) {
  return (
    <div className={classes.news} role="status">
      {count !== 0 && (
        <Button size="xs" leftSection={<IconArrowUp size={14} aria-hidden />} onClick={onShow}>
          {count < 0 ? t("live.many") : count === 1 ? t("live.one") : t("live.new", { count })}
        </Button>
      )}
    </div>
  );
}
