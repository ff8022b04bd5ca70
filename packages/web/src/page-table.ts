import type { ComponentType } from "preact";
import { Activity } from "./pages/activity.tsx";
import { ChangeEmail } from "./pages/change-email.tsx";
import { ChangePassword } from "./pages/change-password.tsx";
import { ConfirmEmail } from "./pages/confirm-email.tsx";
import { DeleteAccount } from "./pages/delete-account.tsx";
import { Export } from "./pages/export.tsx";
import { ForgotPassword } from "./pages/forgot-password.tsx";
import { Home } from "./pages/home.tsx";
import { Login } from "./pages/login.tsx";
import { Profile } from "./pages/profile.tsx";
import { Register } from "./pages/register.tsx";
import { ResetPassword } from "./pages/reset-password.tsx";
import { Sessions } from "./pages/sessions.tsx";
import { UndoEmailChange } from "./pages/undo-email-change.tsx";
import { VerifyEmail } from "./pages/verify-email.tsx";
import { isPagePath, type PagePath, paths } from "./paths.ts";

export interface PageEntry {
  readonly View: ComponentType;
  /** Members are logged in; strangers are not, and are led on where they are. */
  readonly audience: "anybody" | "strangers" | "members";
}

const pages: Readonly<Record<PagePath, PageEntry>> = {
  [paths.home]: { View: Home, audience: "members" },
  [paths.login]: { View: Login, audience: "strangers" },
  [paths.register]: { View: Register, audience: "strangers" },
  [paths.verifyEmail]: { View: VerifyEmail, audience: "anybody" },
  [paths.forgotPassword]: { View: ForgotPassword, audience: "anybody" },
  [paths.resetPassword]: { View: ResetPassword, audience: "anybody" },
  [paths.undoEmailChange]: { View: UndoEmailChange, audience: "anybody" },
  [paths.confirmEmail]: { View: ConfirmEmail, audience: "members" },
  [paths.profile]: { View: Profile, audience: "members" },
  [paths.sessions]: { View: Sessions, audience: "members" },
  [paths.activity]: { View: Activity, audience: "members" },
  [paths.password]: { View: ChangePassword, audience: "members" },
  [paths.email]: { View: ChangeEmail, audience: "members" },
  [paths.export]: { View: Export, audience: "members" },
  [paths.delete]: { View: DeleteAccount, audience: "members" },
};

export function pageAt(path: string): PageEntry | undefined {
  return isPagePath(path) ? pages[path] : undefined;
}
