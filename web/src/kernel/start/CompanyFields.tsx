/** The company: its name, where it is, and the money of its books. */
import { NativeSelect, TextInput } from "@mantine/core";
import { t } from "../../messages/t";
import { currencyLabel, type Option } from "./countries";

export interface CompanyAnswers {
  company: string;
  country: string;
  currency: string;
}

interface Props {
  answers: CompanyAnswers;
  countries: Option[];
  /** Those to choose from; none once the books are begun. */
  currencies?: Option[];
  errorOf: (field: keyof CompanyAnswers) => string | undefined;
  onChange: (change: Partial<CompanyAnswers>) => void;
}

export function CompanyFields({ answers, countries, currencies, errorOf, onChange }: Props) {
  return (
    <>
      <TextInput
        label={t("start.name")}
        autoComplete="organization"
        required
        withAsterisk={false}
        autoFocus
        value={answers.company}
        error={errorOf("company")}
        onChange={(event) => onChange({ company: event.currentTarget.value })}
      />
      <NativeSelect
        label={t("start.country")}
        description={t(currencies ? "start.country.first" : "start.country.help")}
        data={[...(answers.country ? [] : [{ value: "", label: "" }]), ...countries]}
        value={answers.country}
        error={errorOf("country")}
        onChange={(event) => onChange({ country: event.currentTarget.value })}
      />
      {currencies ? (
        <NativeSelect
          label={t("start.currency")}
          description={t("start.currency.first")}
          data={[...(answers.currency ? [] : [{ value: "", label: "" }]), ...currencies]}
          value={answers.currency}
          error={errorOf("currency")}
          onChange={(event) => onChange({ currency: event.currentTarget.value })}
        />
      ) : (
        <TextInput
          label={t("start.currency")}
          description={t("start.currency.help")}
          readOnly
          value={currencyLabel(answers.currency)}
        />
      )}
    </>
  );
}
