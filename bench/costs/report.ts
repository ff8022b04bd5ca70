import { markdown } from "../support/markdown.ts";
import { usage } from "./model.ts";
import type { Counts, Operation } from "./operation.ts";
import { costOf, type Month, monthOf, total } from "./price.ts";
import { type Price, prices } from "./prices.ts";

const sizes = [1_000, 100_000, 10_000_000];

/** The tables of docs/operations/costs.md, as Markdown. */
export function report(counts: Counts): string {
  return `${perOperation(counts)}\n\n${perMonth(counts)}\n\n${priceTable()}\n`;
}

function priceTable(): string {
  const rows = Object.values<Price>(prices).map(({ dollars: price, each = 1, per, seen }) => [
    `${each === 1 ? "" : `${each.toLocaleString("en")} `}${per}`,
    `${Number((price * each).toPrecision(6))}`,
    seen,
  ]);
  return markdown(["list price", "dollars", "seen"], rows, "left");
}

function perOperation({ operations }: Counts): string {
  const counted = Object.keys(usage).map((name) => [name, operations[name] as Operation] as const);
  const rows = counted.map(([name, operation]) => {
    const { reads, writes } = operation;
    const cost = costOf(operation);
    const parts = [cost.gateway, cost.lambda, cost.dynamodb, cost.logs, cost.rest, total(cost)];
    return [name, reads, writes, ...parts.map((part) => dollars(part * 1e6)), usage[name] ?? 0];
  });
  const head = [
    "dollars a million",
    "reads",
    "writes",
    "gateway",
    "Lambda",
    "DynamoDB",
    "logs",
    "rest",
    "sum",
  ];
  return markdown([...head, "times a user and month"], rows);
}

function perMonth(counts: Counts): string {
  const months = sizes.map((users) => monthOf(users, counts));
  const row = (name: string, of: (month: Month) => number) => [
    name,
    ...months.map((month) => dollars(of(month))),
  ];
  const sum = (month: Month) => total(month) - month.cognito;
  const rows = [
    row("API Gateway", (month) => month.gateway),
    row("Lambda", (month) => month.lambda),
    row("DynamoDB, requests", (month) => month.dynamodb),
    row("DynamoDB, storage and recovery", (month) => month.storage),
    row("logs", (month) => month.logs),
    row("mail, queue, transfer", (month) => month.rest),
    row("whether or not anybody comes", (month) => month.fixed),
    row("**sum**", sum),
    ["a user", ...months.map((month, index) => `${(sum(month) / (sizes[index] ?? 1)).toFixed(5)}`)],
    row("Cognito Essentials", (month) => month.cognito),
  ];
  return markdown(["dollars a month", ...sizes.map((users) => `${users.toLocaleString("en")} users`)], rows);
}

function dollars(amount: number): string {
  return amount.toLocaleString("en", { minimumFractionDigits: 2, maximumFractionDigits: 2 });
}
