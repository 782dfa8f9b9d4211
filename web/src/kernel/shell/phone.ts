/** The width below which pages are laid out for a phone. */
export const PHONE = "(max-width: 48em)";
