import fc from "fast-check";
import { beforeAll, expect, it } from "vitest";
import { anyText } from "../../../core/test/any-text.ts";
import { call } from "../../test/call.ts";
import { fromOurPage, tokenInCookie } from "../../test/cookies.ts";
import { newPerson, type Person } from "../../test/people.ts";
import { captureStdout } from "../../test/stdout.ts";
import { readTable } from "../../test/table.ts";
import * as logout from "../logout.ts";
import * as refresh from "../refresh.ts";
import { readRefreshCookies } from "./refresh-cookie.ts";

captureStdout();

const name = "__Host-gatehouse-refresh";

let person: Person;
beforeAll(async () => {
  person = await newPerson();
});

/** Cookies of any kind, many of them with names next to ours. */
const others = fc
  .tuple(
    fc.oneof(
      anyText(),
      fc.constantFrom(`${name}2`, ` ${name}`, `${name} `, name.toLowerCase(), "__Secure-gatehouse-refresh"),
    ),
    fc.oneof(anyText(), fc.constant(`${name}=x`)),
  )
  .map(([other, value]) => `${other}=${value}`)
  .filter((cookie) => !cookie.startsWith(`${name}=`));

it("property: our cookies are found among any others, each to the letter and in their order", () => {
  const cookies = fc.array(
    fc.oneof(
      others.map((cookie) => ({ cookie, values: [] })),
      anyText().map((value) => ({ cookie: `${name}=${value}`, values: [value] })),
    ),
  );
  fc.assert(
    fc.property(cookies, (sent) => {
      const found = readRefreshCookies({ cookies: sent.map(({ cookie }) => cookie) });
      expect(found).toEqual(sent.flatMap<string>(({ values }) => values));
    }),
    { numRuns: 1000 },
  );
});

it("property: no cookies whatever are a fault of ours, and none but the token itself changes anything", async () => {
  const before = await readTable();
  const cookies = fc.array(
    fc.oneof(
      others,
      anyText().map((value) => `${name}=${value}`),
    ),
    { maxLength: 4 },
  );
  await fc.assert(
    fc.asyncProperty(cookies, async (sent) => {
      const ours = readRefreshCookies({ cookies: sent }).length;
      const refreshed = await call(refresh.handler, { cookies: sent, headers: fromOurPage });
      const loggedOut = await call(logout.handler, { cookies: sent, headers: fromOurPage });
      const statuses = [refreshed.status, loggedOut.status];
      expect(statuses).toEqual(ours > 1 ? [400, 400] : [401, ours === 1 ? 204 : 401]);
    }),
    { numRuns: 300 },
  );
  expect(await readTable()).toEqual(before);
});

it("property: the cookie works beside any others", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(others, { maxLength: 5 }), fc.nat(), async (rest, index) => {
      const cookies = rest.toSpliced(index % (rest.length + 1), 0, `${name}=${person.refreshToken}`);
      const answer = await call(refresh.handler, { cookies, headers: fromOurPage });
      expect([answer.status, tokenInCookie(answer)]).toEqual([200, expect.stringContaining(person.user.id)]);
    }),
    { numRuns: 50 },
  );
});
