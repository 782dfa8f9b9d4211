/** Works in another company from now on. */
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate, useParams } from "@tanstack/react-router";
import { chooseCompany } from "../../api/company";
import { metaQuery } from "../../api/queries";
import { listAddress } from "../addresses";
import { refresh } from "../changes";
import { companyFilter, findByPath, useMeta } from "../meta";

export function useCompanyChoice(): (id: string) => void {
  const meta = useMeta();
  const client = useQueryClient();
  const navigate = useNavigate();
  const { app, objects, id: record } = useParams({ strict: false });
  return (id) => {
    const company = meta.companies.find((one) => one.id === id);
    if (!company || id === meta.company?.id) return;
    client.setQueryData(metaQuery.queryKey, chooseCompany(meta, company));
    void refresh(client);
    // A record of the company that was left makes place for the list of the one that is entered.
    const open = findByPath(meta, `${app}/${objects}`)?.object;
    if (open && record && record !== "new" && companyFilter(meta, open))
      void navigate({ to: listAddress(open.path) });
  };
}
