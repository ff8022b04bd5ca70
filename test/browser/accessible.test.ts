/** Each account page for everybody: by axe's rules, in light and dark, wide and narrow, and by keyboard alone. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "playwright-core";
import { afterAll, describe, expect } from "vitest";
import { useHouse } from "../../packages/local/test/support/house.ts";
import { it, useBrowser } from "./browser.ts";
import { type Person, personAt } from "./person.ts";

/** For a person to look at. */
const screenshots = join(import.meta.dirname, "screenshots");
mkdirSync(screenshots, { recursive: true });
afterAll(() => console.log(`Screenshots of each page: ${screenshots}`));

const house = useHouse({ AUTHORIZER_CACHE_SECONDS: "0" });
const { withDevice } = useBrowser();

const forStrangers = {
  "/login": "Log in",
  "/register": "Create your account",
  "/forgot-password": "Forgot your password?",
  "/reset-password#token=a": "Choose a new password",
  "/reset-password": "Choose a new password",
  "/verify-email#token=a": "Verify your email",
  "/verify-email": "Verify your email",
  "/undo-email-change#token=a": "Keep your old email",
  "/undo-email-change": "Keep your old email",
};

const forMembers = {
  "/account": "Profile",
  "/account/sessions": "Sessions",
  "/account/activity": "Activity",
  "/account/password": "Change password",
  "/account/email": "Change email",
  "/account/export": "Export",
  "/account/delete": "Delete account",
  "/confirm-email#token=a": "Confirm your new email",
  "/confirm-email": "Confirm your new email",
};

const widths = [1280, 320];
/** Each page is looked at four times, which takes a second. */
const long = 120_000;

const colorSchemes = ["light", "dark"] as const;

/** However it is looked at, nothing that axe knows to look for is wrong, and nobody has to scroll sideways. */
async function isGood(tab: Page, name: string): Promise<void> {
  for (const width of widths) {
    await tab.setViewportSize({ width, height: 800 });
    const overflow = "document.documentElement.scrollWidth - document.documentElement.clientWidth";
    expect(await tab.evaluate(overflow), `${name} is wider than ${width} px`).toBeLessThanOrEqual(0);
    for (const colorScheme of colorSchemes) {
      await tab.emulateMedia({ colorScheme });
      // Until then a button is of neither scheme. One that is called off is over too.
      await tab.evaluate("Promise.allSettled(document.getAnimations().map(({ finished }) => finished))");
      const look = `${name} ${colorScheme} ${width}`;
      const file = look.replaceAll(/[^a-z0-9]+/g, "-").replace(/^-/, "");
      await tab.screenshot({ path: join(screenshots, `${file}.png`), fullPage: true });
      // It need not look into frames: these pages have none. And another scheme is no more than other colours.
      const axe = new AxeBuilder({ page: tab }).setLegacyMode();
      if (colorScheme === "dark") axe.withRules(["color-contrast", "link-in-text-block"]);
      const { violations } = await axe.analyze();
      const told = violations.map(({ id, nodes }) => [id, ...nodes.map(({ html }) => html)]);
      expect(told, look).toEqual([]);
    }
  }
}

async function areGood(
  person: Person,
  pages: Readonly<Record<string, string>>,
  offers: readonly string[] = [],
): Promise<void> {
  for (const [path, heading] of Object.entries(pages)) {
    // A fragment alone would load no page.
    await person.tab.goto("about:blank");
    await person.opens(path);
    await person.isAt(heading);
    await person.tab.locator(".waiting").waitFor({ state: "detached" });
    for (const name of offers) await person.tab.getByRole("button", { name, exact: true }).waitFor();
    await isGood(person.tab, path);
  }
}

describe("in light and dark, at 1280 and at 320 px, axe finds nothing", () => {
  const withPerson = (use: (person: Person) => Promise<void>) =>
    withDevice(async (device) => use(personAt(await device.open("about:blank"), house)), {
      reducedMotion: "reduce",
    });

  it("on any page for strangers", () => withPerson((person) => areGood(person, forStrangers)), long);

  it(
    "on any page for members, each of which offers the log-out",
    async () => {
      await withPerson(async (person) => {
        await person.registers();
        await areGood(person, forMembers, ["Log out"]);
      });
    },
    long,
  );

  it("on a form that was refused, by the page or by the API", async () => {
    await withPerson(async ({ tab, ...person }) => {
      await person.opens("/register");
      await person.fills({ Email: "not an email", Password: "password1" });
      await person.presses("Create account");
      await tab.locator("input[type=email][aria-invalid=true]").waitFor();
      await isGood(tab, "/register wrong");
      await person.fills({ Email: person.email });
      await person.presses("Create account");
      await tab.locator("input[type=password][aria-invalid=true]").waitFor();
      await isGood(tab, "/register refused");
    });
  });
});

it("a password is hidden until somebody wants to see it, and may be pasted", async () => {
  await withDevice(async (device) => {
    const person = personAt(await device.open(`${house.url}/login`), house);
    const password = person.tab.getByLabel("Password", { exact: true });
    await password.focus();
    await person.tab.keyboard.insertText("pasted in one piece");
    const type = () => password.getAttribute("type");
    expect([await type(), await password.inputValue()]).toEqual(["password", "pasted in one piece"]);
    await person.presses("Show password");
    expect(await type()).toBe("text");
    await person.presses("Show password");
    expect(await type()).toBe("password");
  });
});

describe("by keyboard alone", () => {
  /** Presses Tab until what has the focus has this name, as a screen reader would tell. */
  async function tabTo(tab: Page, name: string): Promise<void> {
    const wanted = tab
      .locator("input, button, a, select")
      .and(tab.getByRole("textbox", { name, exact: true }))
      .or(tab.getByRole("button", { name, exact: true }))
      .or(tab.getByRole("link", { name, exact: true }))
      .or(tab.locator("input[type=password]").and(tab.getByLabel(name, { exact: true })));
    for (let presses = 0; presses < 30; presses += 1) {
      await tab.keyboard.press("Tab");
      if ((await wanted.and(tab.locator(":focus")).count()) > 0) return;
    }
    throw new Error(`the focus never came to ${name}`);
  }

  it("somebody registers, logs out and logs in", async () => {
    await withDevice(async (device) => {
      const person = personAt(await device.open(`${house.url}/register`), house);
      const { tab } = person;
      const { keyboard } = tab;
      await person.isAt("Create your account");
      await tabTo(tab, "Email");
      await keyboard.type("not an email");
      await tabTo(tab, "Password");
      await keyboard.type(person.password);
      await keyboard.press("Enter");
      // The focus is where something is wrong.
      await tab.locator("input[type=email]:focus[aria-invalid=true]").waitFor();
      await keyboard.press("Control+A");
      await keyboard.type(person.email);
      await keyboard.press("Enter");
      await person.isAt("Profile");
      await tab.goto(`${house.url}/account`);
      await person.isAt("Profile");
      await tabTo(tab, "Log out");
      await keyboard.press("Enter");
      await person.isAt("Log in");
      await tabTo(tab, "Email");
      await keyboard.type(person.email);
      await tabTo(tab, "Password");
      await keyboard.type(person.password);
      await keyboard.press("Enter");
      await person.isAt("Profile");
    });
  });

  it("the first stop leads past the header to the page", async () => {
    await withDevice(async (device) => {
      const person = personAt(await device.open(`${house.url}/login`), house);
      await person.isAt("Log in");
      await person.tab.keyboard.press("Tab");
      expect(await person.tab.locator(":focus").textContent()).toBe("Skip to the page");
      await person.tab.keyboard.press("Enter");
      await tabTo(person.tab, "Email");
    });
  });
});
