import type { routes } from "../routes.ts";
import type { Exchange } from "./exchange.ts";
import {
  email,
  linkToken,
  loggedInAt,
  newPassword,
  password,
  session,
  sourceIp,
  typedCode,
  user,
  userAgent,
} from "./values.ts";

type Of<Name extends keyof typeof routes> = Readonly<Record<string, Exchange<(typeof routes)[Name]>>>;

const anotherEmail = "ada@example.org";

const me: Of<"me"> = { usual: { summary: "Whoever the token speaks for", answer: user } };

const changeMe: Of<"changeMe"> = {
  usual: {
    summary: "A new name, and no picture any more",
    body: { name: "Ada L.", picture: null },
    answer: { ...user, name: "Ada L.", updatedAt: loggedInAt },
  },
};

const changePassword: Of<"changePassword"> = {
  usual: {
    summary: "Two other sessions ended",
    body: { currentPassword: password, newPassword },
    answer: { ended: 2 },
  },
};

const changeEmail: Of<"changeEmail"> = {
  usual: {
    summary: "The new address is mailed",
    body: { email: anotherEmail, password },
    answer: { status: "ACCEPTED" },
  },
};

const confirmed = { ...user, email: anotherEmail, emailVerified: true, updatedAt: loggedInAt };

const confirmEmail: Of<"confirmEmail"> = {
  link: { summary: "By the link: what follows #token=", body: { token: linkToken }, answer: confirmed },
  code: { summary: "By the six digits", body: { code: typedCode }, answer: confirmed },
};

const stored = { userId: user.id, email, status: "active", roles: [] };

const exportMe: Of<"exportMe"> = {
  usual: {
    summary: "Cut short: an item has more attributes",
    answer: {
      exportedAt: loggedInAt,
      user: stored,
      login: { ...stored, normalisedEmail: email },
      sessions: [{ userId: user.id, sessionId: session.id, sourceIp }],
      codes: [],
      events: [{ userId: user.id, number: 1, type: "registered", at: user.createdAt }],
      eventMarks: [{ number: 1 }],
    },
  },
};

const deleteMe: Of<"deleteMe"> = {
  usual: {
    summary: "The receipt does not say whose account it was",
    body: { password },
    answer: { receiptId: "01m84h5t0c9v7n5k3h1f8d6s4a", erasedAt: loggedInAt, itemsErased: 6 },
  },
};

const events: Of<"events"> = {
  usual: {
    summary: "The newest two",
    query: { limit: "2" },
    answer: {
      events: [
        {
          number: 3,
          type: "logged_in",
          at: loggedInAt,
          actor: "user",
          sessionId: session.id,
          sourceIp,
          userAgent,
          requestId: "JKJaXmPLvHcESHA=",
          details: {},
        },
        {
          number: 2,
          type: "login_failed",
          at: loggedInAt,
          actor: "anonymous",
          sessionId: null,
          sourceIp,
          userAgent,
          requestId: "JKJaXhcESPLvmHA=",
          details: {},
        },
      ],
      next: 2,
    },
  },
  older: {
    summary: "The page after it",
    query: { limit: "2", before: "2" },
    answer: {
      events: [
        {
          number: 1,
          type: "registered",
          at: user.createdAt,
          actor: "anonymous",
          sessionId: null,
          sourceIp,
          userAgent: null,
          requestId: "JKJaXhHcESAPLvm=",
          details: {},
        },
      ],
      next: null,
    },
  },
};

const sessions: Of<"sessions"> = {
  usual: { summary: "One log-in, that of the token", answer: { sessions: [session] } },
};

const endSession: Of<"endSession"> = {
  usual: { summary: "One of the list", params: { sessionId: session.id } },
};

const endOtherSessions: Of<"endOtherSessions"> = {
  usual: { summary: "Two others were running", answer: { ended: 2 } },
};

/** Those of the routes that speak of the caller. */
export const account = {
  me,
  changeMe,
  changePassword,
  changeEmail,
  confirmEmail,
  exportMe,
  deleteMe,
  events,
  sessions,
  endSession,
  endOtherSessions,
};
