/** Build of the web UI: strict CSP (nothing inlined), heavy parts in chunks of their own. */
import { resolve } from "node:path";
import react from "@vitejs/plugin-react";
import { defineConfig, type UserConfig } from "vite";
import { withFirstLoad } from "./build/first-load";
import { manifestIcons } from "./build/manifest-icons";
import { serviceWorker } from "./build/service-worker";

const API = process.env.NEXUS_API ?? "http://127.0.0.1:8080";
// The policy that the server sends, so that a preview fails where production would.
const POLICY = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:";

const config: UserConfig = {
  plugins: [
    react(),
    manifestIcons(resolve(import.meta.dirname, ".."), ["apps", "crates"]),
    serviceWorker(resolve(import.meta.dirname, "build/sw.js")),
  ],
  build: { outDir: "dist", assetsInlineLimit: 0, target: "es2023", modulePreload: { polyfill: false } },
  server: { port: 5173, proxy: { "/api": API } },
  preview: { port: 4173, proxy: { "/api": API }, headers: { "Content-Security-Policy": POLICY } },
};

export default defineConfig(({ command, isPreview }) =>
  command === "build" && !isPreview ? withFirstLoad(config) : config,
);
