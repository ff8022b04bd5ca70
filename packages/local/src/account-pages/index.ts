export { type AccountPagesOptions, createAccountPages } from "./account-pages.ts";
export { createBuilds } from "./builds.ts";
export { openAccountPages, pagesTransport } from "./open-account-pages.ts";
