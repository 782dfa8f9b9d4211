/** What a new field holds, chosen by picture and name. */
import {
  IconAbc,
  IconAddressBook,
  IconAlignLeft,
  IconAsterisk,
  IconAt,
  IconBarcode,
  IconBraces,
  IconCalendar,
  IconCalendarClock,
  IconCheckbox,
  IconChevronDown,
  IconClock,
  IconCode,
  IconCoins,
  IconDecimal,
  IconHash,
  IconLink,
  IconListCheck,
  IconListNumbers,
  IconLock,
  IconMapPin,
  IconMarkdown,
  IconPaperclip,
  IconPercentage,
  IconPhone,
  IconPhoto,
  IconRuler,
  IconScale,
  IconSignature,
  IconStar,
  IconTags,
  IconUser,
  IconWorld,
  IconPalette as Palette,
  IconSitemap as Several,
  type Icon as Sign,
  IconArrowsShuffle as Varied,
} from "@tabler/icons-react";
import { t } from "../../messages/t";
import { TYPES } from "./entries";
import classes from "./Studio.module.css";

export type OfferedType = (typeof TYPES)[keyof typeof TYPES][number];

const SIGNS: Record<OfferedType, Sign> = {
  text: IconAbc,
  long_text: IconAlignLeft,
  markdown: IconMarkdown,
  email: IconAt,
  phone: IconPhone,
  url: IconWorld,
  person_name: IconUser,
  barcode: IconBarcode,
  colour: Palette,
  code: IconCode,
  integer: IconHash,
  decimal: IconDecimal,
  money: IconCoins,
  quantity: IconScale,
  percent: IconPercentage,
  rate: IconRuler,
  duration: IconClock,
  rating: IconStar,
  date: IconCalendar,
  datetime: IconCalendarClock,
  choice: IconChevronDown,
  choices: IconListCheck,
  boolean: IconCheckbox,
  tags: IconTags,
  link: IconLink,
  links: Several,
  dynamic_link: Varied,
  file: IconPaperclip,
  image: IconPhoto,
  signature: IconSignature,
  address: IconAddressBook,
  geo: IconMapPin,
  sequence: IconListNumbers,
  secret: IconLock,
  json: IconBraces,
};

export const isOffered = (type: string): type is OfferedType => type in SIGNS;

export function TypeSign({ type, size = 16 }: { type: string; size?: number }) {
  const Icon = isOffered(type) ? SIGNS[type] : IconAsterisk;
  return <Icon size={size} stroke={1.6} aria-hidden />;
}

export const typeLabel = (type: string): string => (isOffered(type) ? t(`studio.type.${type}`) : type);

export function TypePicker({ onPick }: { onPick: (type: OfferedType) => void }) {
  return (
    <div className={classes.types}>
      {(Object.keys(TYPES) as (keyof typeof TYPES)[]).map((group) => (
        <section key={group} aria-label={t(`studio.types.${group}`)}>
          <h3 className={classes.small}>{t(`studio.types.${group}`)}</h3>
          <div className={classes.typeGrid}>
            {TYPES[group].map((type, at) => (
              <button
                key={type}
                type="button"
                data-autofocus={(group === "text" && at === 0) || undefined}
                className={classes.type}
                onClick={() => onPick(type)}
              >
                <TypeSign type={type} size={20} />
                <span>{typeLabel(type)}</span>
              </button>
            ))}
          </div>
        </section>
      ))}
    </div>
  );
}
