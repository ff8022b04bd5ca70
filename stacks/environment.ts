import type { StageSettings } from "./stage.ts";

/** What every function of a stage is told of its settings. `packages/core/src/config.ts` reads it. */
export function stageEnvironment(settings: StageSettings): Readonly<Record<string, string>> {
  return {
    ...settings.functionSettings,
    ALLOWED_ORIGINS: settings.allowedOrigins.join(","),
    CONCEAL_ACCOUNTS: String(settings.concealAccounts),
    REQUIRE_VERIFIED_EMAIL: String(settings.requireVerifiedEmail),
    ...(settings.appUrl === undefined ? {} : { APP_URL: settings.appUrl }),
  };
}

/** What the worker is told besides. */
export function mailEnvironment(mail: StageSettings["mail"]): Readonly<Record<string, string>> {
  return {
    MAIL_TRANSPORT: mail.transport,
    ...(mail.transport === "ses" ? { MAIL_FROM: mail.from } : {}),
  };
}
