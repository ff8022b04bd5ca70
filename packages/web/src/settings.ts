/** The settings of this page, from its head: whoever serves it may have filled them in (packages/web/settings.ts). */
export const settings = {
  apiUrl: meta("gatehouse-api-url") || location.origin,
  transport: meta("gatehouse-transport") === "bearer" ? "bearer" : "cookie",
  appName: meta("gatehouse-app-name") || "Gatehouse",
} as const;

function meta(name: string): string {
  return document.querySelector<HTMLMetaElement>(`meta[name="${name}"]`)?.content ?? "";
}
