/** How calendars are written: months and days of the language, the week as the region begins it. */
import "dayjs/locale/ar";
import "dayjs/locale/fr";
import "dayjs/locale/pt";
import "dayjs/locale/sw";
import { language, locale } from "../messages/language";

interface WithWeek extends Intl.Locale {
  /** Not yet in every browser; 1 is Monday, 7 Sunday. */
  getWeekInfo?: () => { firstDay: number };
}

const firstDay = (new Intl.Locale(locale) as WithWeek).getWeekInfo?.().firstDay ?? 1;
export const dates = {
  locale: language,
  firstDayOfWeek: (firstDay % 7) as 0 | 1 | 2 | 3 | 4 | 5 | 6,
};
