import { isPagePath, type PagePath, paths } from "./paths.ts";

/** Log-in, which leads back to the page that one wanted to see; not where one has left it by a log-out. */
export function loginPath(wanted: string, reason?: string): string {
  const isOver = reason === "logged_out" || reason === "account_deleted";
  const isWorthIt = isPagePath(wanted) && wanted !== paths.profile && wanted !== paths.home;
  return isWorthIt && !isOver ? `${paths.login}?next=${encodeURIComponent(wanted)}` : paths.login;
}

/** Where a log-in leads: to a page of ours by its exact path, and else to the profile. Nothing in a link leads elsewhere. */
export function wayBack(search: string): PagePath {
  const next = new URLSearchParams(search).get("next") ?? "";
  const leadsOn = next === paths.login || next === paths.register || next === paths.home;
  return isPagePath(next) && !leadsOn ? next : paths.profile;
}
