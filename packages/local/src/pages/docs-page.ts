import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { html } from "./html.ts";
import { page, type Reply } from "./reply.ts";

const { resolve } = createRequire(import.meta.url);

const files = {
  "swagger-ui.css": { type: "text/css", path: () => resolve("swagger-ui-dist/swagger-ui.css") },
  "swagger-ui-bundle.js": {
    type: "text/javascript",
    path: () => resolve("swagger-ui-dist/swagger-ui-bundle.js"),
  },
  "docs.js": { type: "text/javascript", path: () => new URL("./assets/docs.js", import.meta.url) },
} as const;

/** Nothing from elsewhere, and no script but these files. */
const docsPolicy =
  "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** Swagger UI over the API's own `/openapi.json`, below `/docs`; undefined for what is no part of it. */
export function docsPage(name: string): Reply | undefined {
  if (name === "") return page(markup, { headers: { "content-security-policy": docsPolicy } });
  if (!isFile(name)) return undefined;
  const { type, path } = files[name];
  return { type, body: readFileSync(path(), "utf8"), headers: { "cache-control": "no-cache" } };
}

function isFile(name: string): name is keyof typeof files {
  return Object.hasOwn(files, name);
}

const markup = html`<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Gatehouse: the API</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/docs/swagger-ui.css">
<script src="/docs/swagger-ui-bundle.js" defer></script>
<script type="module" src="/docs/docs.js"></script>
</head>
<body>
<noscript><p>This page needs JavaScript. The document itself is at <a href="/openapi.json">/openapi.json</a>.</p></noscript>
<main id="docs"></main>
</body>
</html>`;
