/** Sheets that the shell shows over any page; whoever asks for one need not know the shell. */
const open = (sheet: string) => () => void window.dispatchEvent(new CustomEvent(`nexus:${sheet}`));

export const openKeys = open("keys");
export const openPreferences = open("preferences");
/** The session has ended, or never was. */
export const openSignIn = open("signin");
