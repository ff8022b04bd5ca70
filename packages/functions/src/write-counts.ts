import { toAuthError } from "@gatehouse/core/error";
import { writeLine } from "@gatehouse/core/log";
import { describeError, writeLog } from "./log.ts";

/**
 * Writes a line of counts that CloudWatch reads (CloudWatch guide, "Specification: Embedded metric format"). Never
 * throws: no request fails because it could not be counted.
 */
export function writeCounts(counted: () => object): void {
  try {
    writeLine(counted());
  } catch (error) {
    writeLog({ level: "ERROR", message: "nothing was counted", error: describeError(toAuthError(error)) });
  }
}
