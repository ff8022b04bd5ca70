import { defineConfig } from "vite";

export default defineConfig({
  root: import.meta.dirname,
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  // The port that ALLOWED_ORIGINS and APP_URL of laptops and personal stages know. Another one would be refused.
  server: { port: 5173, strictPort: true, host: "localhost" },
  build: {
    outDir: "dist/site",
    emptyOutDir: true,
    // Every file stands for itself: the pages' policy allows no data: URLs.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
});
