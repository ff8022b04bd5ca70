/** What a page reads from its own head. */
export interface PageSettings {
  /** Of the API, without a slash at the end; empty for the origin that the pages are at. */
  readonly apiUrl: string;
  /** Where the refresh token is kept: an httpOnly cookie, or localStorage. */
  readonly transport: "cookie" | "bearer";
  readonly appName: string;
}

const names: Readonly<Record<keyof PageSettings, string>> = {
  apiUrl: "gatehouse-api-url",
  transport: "gatehouse-transport",
  appName: "gatehouse-app-name",
};

/**
 * The built `index.html` with other settings than it was built with: one build serves every API and both transports.
 *
 * @throws Error where the document has no place for a setting.
 */
export function withSettings(html: string, settings: PageSettings): string {
  let filled = html.replace(/(<title>)[^<]*/, (_, tag) => `${tag}${asText(settings.appName)}`);
  for (const [key, name] of Object.entries(names) as [keyof PageSettings, string][]) {
    const place = new RegExp(`(<meta name="${name}" content=")[^"]*`);
    if (!place.test(filled)) throw new Error(`The page has no <meta name="${name}">`);
    filled = filled.replace(place, (_, start) => `${start}${asText(settings[key])}`);
  }
  return filled;
}

function asText(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
