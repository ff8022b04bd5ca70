import type { Page } from "playwright-core";
import { expect } from "vitest";
import type { House } from "../../packages/local/test/support/house.ts";
import { newEmail, password } from "./site.ts";

/** Somebody before the account pages in one tab, who finds things as people do: by headings, labels and buttons. */
export interface Person {
  readonly tab: Page;
  email: string;
  password: string;
  /** Opens a page by its address. */
  opens(path: string): Promise<void>;
  /** Opens the page that the newest mail to this address leads to. */
  opensLink(page: string, to?: string): Promise<void>;
  fills(fields: Readonly<Record<string, string>>): Promise<void>;
  presses(button: string): Promise<void>;
  follows(link: string): Promise<void>;
  /** Waits for a page with this heading. */
  isAt(heading: string): Promise<void>;
  /** Waits until this text stands somewhere. */
  reads(text: string | RegExp): Promise<void>;
  registers(): Promise<void>;
  logsIn(): Promise<void>;
}

export function personAt(tab: Page, house: House): Person {
  const person: Person = {
    tab,
    email: newEmail(),
    password,
    async opens(path) {
      await tab.goto(house.url + path);
    },
    async opensLink(page, to = person.email) {
      const links = (await house.mails(to)).flatMap((mail) => mail.links);
      const link = links.find((each) => each.startsWith(`${house.url}/${page}#token=`));
      expect(link, `a link to ${page} in the mails to ${to}`).toBeDefined();
      await tab.goto(link ?? "");
    },
    async fills(fields) {
      for (const [label, text] of Object.entries(fields))
        await tab.getByLabel(label, { exact: true }).fill(text);
    },
    presses: (button) => tab.getByRole("button", { name: button, exact: true }).click(),
    follows: (link) => tab.getByRole("link", { name: link, exact: true }).first().click(),
    isAt: (heading) => tab.getByRole("heading", { level: 1, name: heading, exact: true }).waitFor(),
    reads: (text) => tab.getByText(text).first().waitFor(),
    async registers() {
      await person.opens("/register");
      await person.fills({ "Name (optional)": "Ada", Email: person.email, Password: person.password });
      await person.presses("Create account");
      await person.isAt("Profile");
    },
    async logsIn() {
      await person.opens("/login");
      await person.fills({ Email: person.email, Password: person.password });
      await person.presses("Log in");
      await person.isAt("Profile");
    },
  };
  return person;
}
