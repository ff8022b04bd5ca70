/**
 * List prices in dollars, region us-east-1, on demand, of the first tier, without a free tier. None was read at AWS itself:
 * `seen` says where it stands. Look at `page` before you rely on one.
 */
export const asOf = "September 2026";

export interface Price {
  readonly dollars: number;
  /** So many of them make a number that is easy to read. */
  readonly each?: number;
  readonly per: string;
  /** Where AWS lists it. */
  readonly page: string;
  readonly seen: string;
}

const awsPage = "AWS's page, copied 2026-09-20";
const priceList = "AWS's price list of us-west-2, copied in 2026";
const others = "other people's pages of 2025 and 2026";

const lambda = "https://aws.amazon.com/lambda/pricing/";
const dynamodb = "https://aws.amazon.com/dynamodb/pricing/on-demand/";
const cloudwatch = "https://aws.amazon.com/cloudwatch/pricing/";

const million = 1e6;

export const prices = {
  gatewayRequest: {
    dollars: 1 / million,
    each: million,
    per: "requests to an HTTP API",
    page: "https://aws.amazon.com/api-gateway/pricing/",
    seen: awsPage,
  },
  lambdaRequest: {
    dollars: 0.2 / million,
    each: million,
    per: "calls of a function",
    page: lambda,
    seen: priceList,
  },
  lambdaSecond: {
    dollars: 0.0000133334,
    each: million,
    per: "GB-seconds of arm64",
    page: lambda,
    seen: priceList,
  },
  readUnit: {
    dollars: 0.125 / million,
    each: million,
    per: "read request units",
    page: dynamodb,
    seen: priceList,
  },
  writeUnit: {
    dollars: 0.625 / million,
    each: million,
    per: "write request units",
    page: dynamodb,
    seen: priceList,
  },
  storage: { dollars: 0.25, per: "GB-month of the table", page: dynamodb, seen: priceList },
  backup: { dollars: 0.2, per: "GB-month of point-in-time recovery", page: dynamodb, seen: priceList },
  queueRequest: {
    dollars: 0.4 / million,
    each: million,
    per: "requests to a standard queue",
    page: "https://aws.amazon.com/sqs/pricing/",
    seen: priceList,
  },
  mail: {
    dollars: 0.16 / 1e3,
    each: 1e3,
    per: "mails, Essentials",
    page: "https://aws.amazon.com/ses/pricing/",
    seen: "AWS's price list of 2026-07-22, copied",
  },
  logIngested: { dollars: 0.5, per: "GB of log taken in", page: cloudwatch, seen: priceList },
  logStored: { dollars: 0.03, per: "GB-month of log", page: cloudwatch, seen: priceList },
  metric: { dollars: 0.3, per: "metric and month", page: cloudwatch, seen: priceList },
  alarm: { dollars: 0.1, per: "alarm and month", page: cloudwatch, seen: priceList },
  key: {
    dollars: 1,
    per: "key of one's own and month",
    page: "https://aws.amazon.com/kms/pricing/",
    seen: priceList,
  },
  transferOut: {
    dollars: 0.09,
    per: "GB to the internet",
    page: "https://aws.amazon.com/ec2/pricing/on-demand/",
    seen: others,
  },
  cognitoUser: {
    dollars: 0.015,
    per: "monthly user of Cognito Essentials",
    page: "https://aws.amazon.com/cognito/pricing/",
    seen: awsPage,
  },
} as const satisfies Readonly<Record<string, Price>>;

/** Monthly users of Cognito Essentials that cost nothing. */
export const cognitoFree = 10_000;
