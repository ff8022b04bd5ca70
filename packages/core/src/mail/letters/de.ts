import { duration } from "./duration.ts";
import type { Language } from "./wording.ts";

const tag = "de";
const lasting = (seconds: number) => duration(seconds, tag);

export const de: Language = {
  tag,
  letters: {
    verify_email: ({ link, code, linkSeconds, codeSeconds }, app) => ({
      subject: `Bestätigen Sie Ihre E-Mail-Adresse für ${app}`,
      body: [
        `Diese E-Mail-Adresse wurde für ein Konto bei ${app} angegeben. Wenn es Ihr Konto ist, bestätigen Sie die Adresse bitte hier:`,
        { label: "E-Mail-Adresse bestätigen", link },
        "Oder geben Sie diesen Code ein, wenn Sie danach gefragt werden:",
        { code },
        `Der Link gilt ${lasting(linkSeconds)}, der Code ${lasting(codeSeconds)}. Wenn Sie eine neue E-Mail anfordern, werden beide ungültig.`,
        "Falls Sie das nicht waren, ignorieren Sie diese E-Mail: Die Adresse bleibt dann unbestätigt. Geben Sie weder den Link noch den Code an andere weiter.",
      ],
    }),
    account_exists: ({ link }, app) => ({
      subject: `Sie haben bereits ein Konto bei ${app}`,
      body: [
        `Jemand, vielleicht Sie selbst, wollte diese E-Mail-Adresse für ein weiteres Konto bei ${app} verwenden. Zu der Adresse gibt es bereits ein Konto, deshalb wurde nichts geändert.`,
        "Wenn Sie das waren, melden Sie sich wie gewohnt an. Wenn Sie Ihr Passwort nicht mehr wissen, können Sie es hier zurücksetzen:",
        { label: "Passwort zurücksetzen", link },
        "Falls Sie das nicht waren, ignorieren Sie diese E-Mail; es ändert sich nichts.",
      ],
    }),
    reset_password: ({ link, linkSeconds }, app) => ({
      subject: `Setzen Sie Ihr Passwort für ${app} zurück`,
      body: [
        `Jemand, vermutlich Sie selbst, möchte das Passwort Ihres Kontos bei ${app} zurücksetzen. Hier können Sie ein neues Passwort wählen:`,
        { label: "Neues Passwort wählen", link },
        `Der Link gilt ${lasting(linkSeconds)} und funktioniert nur einmal. Wenn Sie eine neue E-Mail anfordern, wird er ungültig. Mit dem neuen Passwort werden Sie auf allen Geräten abgemeldet.`,
        "Falls Sie das nicht waren, ignorieren Sie diese E-Mail: Ihr Passwort bleibt, wie es ist. Geben Sie den Link nicht an andere weiter.",
      ],
    }),
    unfinished_account: ({ link, linkSeconds }, app) => ({
      subject: `Schließen Sie Ihre Registrierung bei ${app} ab`,
      body: [
        `Jemand, vielleicht Sie selbst, hat sich mit dieser E-Mail-Adresse bei ${app} registriert. Zu der Adresse gibt es schon ein Konto aus einer früheren Registrierung; sie wurde aber nie bestätigt.`,
        "Wenn das Konto Ihnen gehören soll, wählen Sie hier sein Passwort:",
        { label: "Passwort wählen", link },
        `Der Link gilt ${lasting(linkSeconds)} und funktioniert nur einmal. Damit gilt die Adresse als bestätigt, und wer sich vorher registriert hat, kann sich nicht mehr anmelden. Frühere Links zum Bestätigen der Adresse sind ungültig.`,
        "Falls Sie das nicht waren, ignorieren Sie diese E-Mail: Die Adresse bleibt unbestätigt. Geben Sie den Link nicht an andere weiter.",
      ],
    }),
    confirm_email: ({ link, code, linkSeconds, codeSeconds }, app) => ({
      subject: `Bestätigen Sie Ihre neue E-Mail-Adresse für ${app}`,
      body: [
        `Jemand, vermutlich Sie selbst, möchte diese E-Mail-Adresse für ein Konto bei ${app} verwenden. Bitte bestätigen Sie sie hier, während Sie in diesem Konto angemeldet sind:`,
        { label: "Neue Adresse bestätigen", link },
        "Oder geben Sie diesen Code ein, wenn Sie danach gefragt werden:",
        { code },
        `Der Link gilt ${lasting(linkSeconds)}, der Code ${lasting(codeSeconds)}. Wenn Sie die Änderung noch einmal anfordern, werden beide ungültig. Bis zur Bestätigung gilt weiter die bisherige Adresse.`,
        "Falls Sie das nicht waren, ignorieren Sie diese E-Mail; es ändert sich nichts. Geben Sie weder den Link noch den Code an andere weiter.",
      ],
    }),
    email_change_requested: ({ newEmail, link, linkSeconds }, app) => ({
      subject: `Änderung Ihrer E-Mail-Adresse für ${app} angefordert`,
      body: [
        `Jemand, vermutlich Sie selbst, möchte die E-Mail-Adresse Ihres Kontos bei ${app} in ${newEmail} ändern. Bis die neue Adresse bestätigt ist, gilt weiterhin die bisherige; wenn Sie das waren, brauchen Sie hier nichts zu tun.`,
        "Falls Sie das nicht waren, stoppen Sie die Änderung hier:",
        { label: "Änderung stoppen", link },
        `Der Link gilt ${lasting(linkSeconds)} oder bis die Änderung noch einmal angefordert wird; dann erhalten Sie einen neuen. Wer sie angefordert hat, kannte Ihr Passwort: Setzen Sie es danach zurück und ändern Sie es überall, wo Sie es sonst verwenden.`,
      ],
    }),
    email_changed: ({ newEmail }, app) => ({
      subject: `Ihre E-Mail-Adresse für ${app} wurde geändert`,
      body: [
        `Die E-Mail-Adresse Ihres Kontos bei ${app} wurde in ${newEmail} geändert; mit dieser Adresse hier können Sie sich nicht mehr anmelden. Wenn Sie das waren, brauchen Sie nichts zu tun.`,
        `Falls Sie das nicht waren, hat jemand anderes Zugriff auf Ihr Konto und kannte das Passwort. Wenden Sie sich sofort an ${app}, nennen Sie beide Adressen und bewahren Sie diese E-Mail auf. Ändern Sie das Passwort überall, wo Sie es sonst verwenden, zuerst für dieses Postfach.`,
      ],
    }),
    password_changed: ({ link }, app) => ({
      subject: `Ihr Passwort für ${app} wurde geändert`,
      body: [
        `Das Passwort Ihres Kontos bei ${app} wurde geändert, und Ihre anderen Geräte wurden abgemeldet. Wenn Sie das waren, brauchen Sie nichts zu tun.`,
        "Falls Sie das nicht waren, setzen Sie das Passwort sofort zurück:",
        { label: "Passwort zurücksetzen", link },
        "Damit wird jeder abgemeldet, der jetzt in Ihrem Konto ist. Wenn Sie das alte Passwort auch anderswo verwenden, ändern Sie es dort ebenfalls, zuerst für dieses Postfach.",
      ],
    }),
    account_deleted: (_, app) => ({
      subject: `Ihr Konto bei ${app} wurde gelöscht`,
      body: [
        `Ihr Konto bei ${app} wurde gelöscht, mit allem, was darin gespeichert war. Das lässt sich nicht rückgängig machen. Sie können sich mit dieser Adresse jederzeit neu registrieren.`,
        "Falls Sie das nicht waren, kannte jemand anderes Ihr Passwort: Ändern Sie es überall, wo Sie es sonst verwenden, zuerst für dieses Postfach.",
      ],
    }),
  },
};
