import { LogFormatter, Logger, LogItem } from "@aws-lambda-powertools/logger";
import type { LogAttributes, UnformattedAttributes } from "@aws-lambda-powertools/logger/types";
import { config } from "@gatehouse/core/config";
import { lineOf, sendLogsTo, writeLine } from "@gatehouse/core/log";

/** Whatever is logged, by whomever, passes core's list of what may be. */
class ListedFields extends LogFormatter {
  override formatAttributes({ logLevel, message }: UnformattedAttributes, fields: LogAttributes): LogItem {
    return new LogItem({ attributes: { ...lineOf({ ...fields, level: logLevel, message }) } });
  }
}

/** POWERTOOLS_DEV would spread a line over many, and warnings would go to stderr, away from all other lines. */
class LineLogger extends Logger {
  protected override printLog(_level: number, item: LogItem): void {
    writeLine(item.getAttributes());
  }
}

// Everything is said here, so that no POWERTOOLS_ variable has a say (docs/decisions/0019-logs-and-metrics.md).
const logger = new LineLogger({
  serviceName: "gatehouse",
  logLevel: config().logLevel,
  sampleRateValue: 0,
  logFormatter: new ListedFields(),
});

const methods = { INFO: "info", WARN: "warn", ERROR: "error" } as const;

// What core logs by itself goes the same way.
sendLogsTo(({ level = "INFO", message, ...fields }) => logger[methods[level]](message, fields));
