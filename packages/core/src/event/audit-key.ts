import { secretKey } from "../secret-key.ts";

/** The key that events are chained with: a copy of the table alone makes no event that passes for one of ours. */
export const auditKey = secretKey("AUDIT_KEY");
