/** A word beside what a company has of its own. */
import { Badge } from "@mantine/core";
import { t } from "../../messages/t";

export const Mark = ({ arranged }: { arranged?: boolean }) => (
  <Badge variant="light" tt="none" fw={500} style={{ flex: "none" }}>
    {t(arranged ? "studio.arranged" : "studio.added")}
  </Badge>
);
