import { afterEach, expect, it, vi } from "vitest";
import * as User from "../src/user/index.ts";
import { atSecond } from "./session.ts";
import { withTestUser } from "./user.ts";

afterEach(() => {
  vi.useRealTimers();
});

const tenYears = 10 * 365 * 86_400;

// OWASP ASVS 5.0, 6.2.10, and NIST SP 800-63B-4 section 3.1.1.2: no password runs out.
it("a password is good for as long as nobody changes it: ten years later it still logs in", async () => {
  atSecond(0);
  await withTestUser("faithful", async ({ id, email, password }) => {
    atSecond(tenYears);
    expect(await User.authenticate(email, password)).toMatchObject({ userId: id });
    expect(await User.reauthenticate(id, password)).toMatchObject({ userId: id });
  });
});
