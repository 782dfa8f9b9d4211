/** The look: one accent, two neutral scales, a 4 px grid, 14 px body. */
import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from "@mantine/core";

const accent: MantineColorsTuple = [
  "#eef0fe",
  "#dfe2fc",
  "#bcc3f8",
  "#98a3f4",
  "#8490f2",
  "#6270ea",
  "#4f5de0",
  "#404ec9",
  "#3642a8",
  "#2b3585",
];

const dark: MantineColorsTuple = [
  "#e7e8eb",
  "#c9ccd2",
  "#a3a7b0",
  "#7d818b",
  "#3a3d44",
  "#2c2e34",
  "#212327",
  "#191a1d",
  "#141517",
  "#101113",
];

export const theme = createTheme({
  primaryColor: "accent",
  primaryShade: { light: 6, dark: 6 },
  colors: { accent, dark },
  fontFamily: "'Inter Variable', system-ui, sans-serif",
  fontFamilyMonospace: "ui-monospace, 'SF Mono', 'Cascadia Mono', Menlo, monospace",
  fontSizes: { xs: "12px", sm: "14px", md: "14px", lg: "16px", xl: "20px" },
  lineHeights: { xs: "1.35", sm: "1.45", md: "1.45", lg: "1.4", xl: "1.3" },
  spacing: { xs: "4px", sm: "8px", md: "12px", lg: "16px", xl: "24px" },
  radius: { xs: "3px", sm: "6px", md: "6px", lg: "8px", xl: "12px" },
  defaultRadius: "sm",
  headings: {
    fontWeight: "600",
    sizes: {
      h1: { fontSize: "20px", lineHeight: "28px" },
      h2: { fontSize: "16px", lineHeight: "24px" },
      h3: { fontSize: "14px", lineHeight: "20px" },
    },
  },
  respectReducedMotion: true,
  focusRing: "auto",
  cursorType: "pointer",
  components: {
    InputWrapper: { defaultProps: { inputWrapperOrder: ["label", "input", "description", "error"] } },
    Button: { defaultProps: { size: "sm" } },
    Modal: {
      defaultProps: {
        centered: false,
        yOffset: "12vh",
        transitionProps: { transition: "pop", duration: 120 },
      },
    },
    Menu: { defaultProps: { shadow: "md", position: "bottom-end", transitionProps: { duration: 120 } } },
    Tooltip: { defaultProps: { openDelay: 400, withArrow: false } },
    ActionIcon: { defaultProps: { variant: "subtle", color: "gray", size: 32 } },
  },
});

/** Neutral colours of both schemes; text greys keep 4.5:1 on every surface, the edges of fields 3:1. */
export const variables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    "--mantine-color-body": "#ffffff",
    "--mantine-color-text": "#1b1c1f",
    "--mantine-color-dimmed": "#5c6068",
    "--mantine-color-placeholder": "#6b6f78",
    "--mantine-color-default-border": "#e2e3e7",
    "--mantine-color-error": "#c0281f",
    "--nx-side": "#f7f7f8",
    "--nx-hover": "#f2f2f4",
    "--nx-active": "#e9eaed",
    "--nx-line": "#e8e9ec",
    "--nx-accent-text": "#404ec9",
    "--nx-raised": "#ffffff",
    "--nx-mark": "#ffe9a8",
    "--nx-field": "#8c919a",
  },
  dark: {
    "--mantine-color-body": "#17181b",
    "--mantine-color-text": "#e7e8eb",
    "--mantine-color-dimmed": "#a0a4ad",
    "--mantine-color-placeholder": "#8f939c",
    "--mantine-color-default": "#1d1e22",
    "--mantine-color-default-border": "#303238",
    "--mantine-color-error": "#ff8f87",
    "--nx-side": "#111214",
    "--nx-hover": "#212327",
    "--nx-active": "#2a2c31",
    "--nx-line": "#26282d",
    "--nx-accent-text": "#9fa9f6",
    "--nx-raised": "#1d1e22",
    "--nx-mark": "#5c4a10",
    "--nx-field": "#666b74",
  },
});
