export { confirmEmail, requestEmailChange, undoEmailChange } from "./change-email.ts";
export { changePassword } from "./change-password.ts";
export { erase } from "./erase.ts";
export { exportAccount } from "./export.ts";
export { register } from "./register.ts";
export { requestMail } from "./request-mail.ts";
export { resetPassword } from "./reset-password.ts";
export { verifyEmail } from "./verify-email.ts";
