export { buildPages, pagesRoot, sourcesDigest } from "./build.ts";
export { type PageHeadersOptions, pageHeaders } from "./headers.ts";
export { type PageSettings, withSettings } from "./settings.ts";
export { isPagePath, type PagePath, pagePaths } from "./src/paths.ts";
