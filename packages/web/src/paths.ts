/**
 * The path of each page. Those in the first block stand in mails (packages/core/src/job/run.ts). None is one that the API
 * answers with GET.
 */
export const paths = {
  verifyEmail: "/verify-email",
  resetPassword: "/reset-password",
  forgotPassword: "/forgot-password",
  confirmEmail: "/confirm-email",
  undoEmailChange: "/undo-email-change",

  home: "/",
  login: "/login",
  register: "/register",
  profile: "/account",
  sessions: "/account/sessions",
  activity: "/account/activity",
  password: "/account/password",
  email: "/account/email",
  export: "/account/export",
  delete: "/account/delete",
} as const;

export type PagePath = (typeof paths)[keyof typeof paths];

export const pagePaths: readonly string[] = Object.values(paths);

export function isPagePath(path: string): path is PagePath {
  return pagePaths.includes(path);
}

/** Whether a page stands in the frame of somebody's account. */
export function isOfAccount(path: string): boolean {
  return path === paths.profile || path.startsWith(`${paths.profile}/`);
}
