import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { DynamoDBServiceException } from "@aws-sdk/client-dynamodb";
import { afterAll, afterEach, describe, expect, it, vi } from "vitest";
import { type Line, overLine } from "../../test/faulty-transport.ts";
import { codeOf } from "../../test/refusal.ts";
import { intercepted, underFailure } from "../../test/requests.ts";
import { goodPassword, newEmail } from "../../test/user.ts";
import { forgetConfig } from "../config.ts";
import { toAuthError } from "../error.ts";
import { newId } from "../id.ts";
import * as Session from "../session/index.ts";
import { write } from "../session/refresh-token.ts";
import { newSessionId } from "../session/seat.ts";
import * as User from "../user/index.ts";

afterEach(() => {
  vi.unstubAllEnvs();
  vi.resetModules();
  forgetConfig();
});

function answer(name: string, fault: "client" | "server", status: number): Error {
  return new DynamoDBServiceException({
    name,
    $fault: fault,
    message: "arn:aws:dynamodb:eu-central-1:123456789012:table/gatehouse",
    $metadata: { httpStatusCode: status },
  });
}

const profile = {
  userId: newId(),
  email: "outage@example.com",
  emailVerified: false,
  roles: [],
  status: "active",
  epoch: 0,
  createdAt: "2026-06-01T12:00:00.000Z",
  updatedAt: "2026-06-01T12:00:00.000Z",
} as const;

function aRefreshToken(): Promise<string> {
  return write({ userId: newId(), sessionId: newSessionId(), generation: 0 });
}

const operations: Record<string, () => Promise<unknown>> = {
  register: () => User.register({ email: newEmail("outage"), password: goodPassword }),
  "log in": () => User.authenticate(newEmail("outage"), goodPassword),
  change: () => User.change(newId(), { name: "O" }),
  "read a session": () => Session.assertLive(newId(), newSessionId()),
  "refresh a session": async () => Session.refresh(await aRefreshToken(), { sourceIp: "192.0.2.1" }),
  "list sessions": () => Session.list(newId(), newSessionId()),
  "end a session": () => Session.end(newId(), newSessionId()),
  "end the session of a refresh token": async () => Session.endByRefreshToken(await aRefreshToken()),
  "remove all sessions": () => Session.removeAll(newId()),
  "shut somebody out": () => User.setStatus(newEmail("outage"), "disabled"),
};

describe("a table that cannot be asked is asked three times and is unavailable:", () => {
  it.each([
    ["an error of the server", () => answer("InternalServerError", "server", 500)],
    ["throttling", () => answer("ThrottlingException", "client", 400)],
    ["throttling of a partition", () => answer("ProvisionedThroughputExceededException", "client", 400)],
    ["a transaction at the same item", () => answer("TransactionConflictException", "client", 400)],
    ["a time-out", () => Object.assign(new Error("socket timed out"), { name: "TimeoutError" })],
    ["a broken connection", () => Object.assign(new Error("read ECONNRESET"), { code: "ECONNRESET" })],
  ])("%s", async (_, failure) => {
    const { requests, thrown } = await underFailure(failure, () => User.get(newId()));
    expect(toAuthError(thrown).code).toBe("unavailable");
    expect(requests).toBe(3);
  });

  it.each(Object.entries(operations))("to %s", async (_, run) => {
    const { requests, thrown } = await underFailure(() => answer("InternalServerError", "server", 500), run);
    expect(toAuthError(thrown).code).toBe("unavailable");
    expect(requests).toBe(3);
  });
});

describe("a log-in, which asks for two things side by side,", () => {
  it.each(["PutItem", "GetItem"])(
    "asks three times and is unavailable where it gets no %s",
    async (operation) => {
      let tries = 0;
      const attempt = intercepted(
        async (request, send) => {
          if (request.operation !== operation) return send();
          tries += 1;
          throw answer("InternalServerError", "server", 500);
        },
        () => Session.open(profile, { sourceIp: "192.0.2.1" }),
      );
      expect(await codeOf(attempt)).toBe("unavailable");
      expect(tries).toBe(3);
    },
  );
});

it.each(["RequestLimitExceeded", "LimitExceededException", "TransactionInProgressException"])(
  "a refusal that says to come back is unavailable: %s",
  async (name) => {
    const { requests, thrown } = await underFailure(
      () => answer(name, "client", 400),
      () => User.get(newId()),
    );
    expect(toAuthError(thrown).code).toBe("unavailable");
    expect(requests).toBeLessThanOrEqual(3);
  },
);

describe("a refusal of the request itself is a fault of ours and not tried again:", () => {
  it.each([
    "ValidationException",
    "AccessDeniedException",
    "ResourceNotFoundException",
    "UnrecognizedClientException",
  ])("%s", async (name) => {
    const { requests, thrown } = await underFailure(
      () => answer(name, "client", 400),
      () => User.get(newId()),
    );
    expect(toAuthError(thrown).code).toBe("internal_error");
    expect(requests).toBe(1);
  });
});

describe("over a real connection", () => {
  let requests = 0;
  let react: (request: IncomingMessage, response: ServerResponse) => void;
  const server = createServer((request, response) => {
    requests += 1;
    react(request, response);
  });

  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  /** The domain as a fresh process would load it, with this endpoint for its table. */
  async function freshUser(endpoint: string | undefined): Promise<typeof User> {
    vi.resetModules();
    vi.stubEnv("DYNAMODB_ENDPOINT", endpoint);
    return await import("../user/index.ts");
  }

  async function tryAgainst(endpoint: string): Promise<string> {
    const fresh = await freshUser(endpoint);
    const { toAuthError: read } = await import("../error.ts");
    return fresh.get(newId()).then(
      () => "answered",
      (error: unknown) => read(error).code,
    );
  }

  async function listen(): Promise<string> {
    if (!server.listening) await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    requests = 0;
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  it("a table that hangs up is asked three times", async () => {
    react = (request) => request.socket.destroy();
    expect(await tryAgainst(await listen())).toBe("unavailable");
    expect(requests).toBe(3);
  });

  it("a table that never answers is given up after three tries", async () => {
    react = () => undefined;
    expect(await tryAgainst(await listen())).toBe("unavailable");
    expect(requests).toBe(3);
  });

  it("a table where a transaction is at the item is asked three times, though the SDK alone would not", async () => {
    const __type = "com.amazonaws.dynamodb.v20120810#TransactionConflictException";
    react = (_, response) => response.writeHead(400).end(JSON.stringify({ __type }));
    expect(await tryAgainst(await listen())).toBe("unavailable");
    expect(requests).toBe(3);
  });

  it("the SDK asks where DYNAMODB_CLIENT says so, as often and to the same end", async () => {
    vi.stubEnv("DYNAMODB_CLIENT", "sdk");
    const agents: string[] = [];
    react = (request) => {
      agents.push(String(request.headers["user-agent"]));
      request.socket.destroy();
    };
    expect(await tryAgainst(await listen())).toBe("unavailable");
    expect(agents).toEqual(Array(3).fill(expect.stringContaining("aws-sdk-js")));
  });

  it.each(["slim", "sdk"])(
    "without an endpoint of its own the region's table is asked by the %s client",
    async (name) => {
      vi.stubEnv("DYNAMODB_CLIENT", name);
      const regional = await freshUser(undefined);
      const hosts: string[] = [];
      const line: Line = async ({ host }) => {
        hosts.push(host);
        throw Object.assign(new Error("told by a test"), { name: "AbortError" });
      };
      await expect(overLine(line, () => regional.get(newId()))).rejects.toThrow();
      expect(hosts).toEqual(["dynamodb.eu-central-1.amazonaws.com"]);
    },
  );
});

it("a caller is told nothing of the table", async () => {
  const { thrown } = await underFailure(
    () => answer("InternalServerError", "server", 500),
    () => User.get(newId()),
  );
  expect(toAuthError(thrown)).toMatchObject({ message: "The service cannot answer right now", fields: [] });
});
