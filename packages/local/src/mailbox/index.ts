export { createMailbox, type Mail, type Mailbox, type SentMail } from "./mailbox.ts";
