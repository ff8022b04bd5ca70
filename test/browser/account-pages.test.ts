/** The life of an account by the account pages, as a person sees it, in both transports. */
import { readFile } from "node:fs/promises";
import { describe, expect } from "vitest";
import { useHouse } from "../../packages/local/test/support/house.ts";
import { it, useBrowser } from "./browser.ts";
import { type Person, personAt } from "./person.ts";
import { newEmail } from "./site.ts";

const { withDevice } = useBrowser();

const newPassword = "seven lanterns over Ghent";

describe.each(["cookie", "bearer"])("with the refresh token by %s", (transport) => {
  const house = useHouse({ PAGES_TRANSPORT: transport, AUTHORIZER_CACHE_SECONDS: "0" });

  /** Somebody on a device of their own. */
  const withPerson = (use: (person: Person) => Promise<void>) =>
    withDevice(async (device) => use(personAt(await device.open("about:blank"), house)));

  it("somebody registers, verifies the email, changes the profile, and is still there after a reload", async () => {
    await withPerson(async (person) => {
      await person.registers();
      await person.reads("Your email is not verified");
      await person.opensLink("verify-email");
      await person.presses("Verify email");
      await person.reads("Your email is verified.");
      await person.follows("Go on");
      await person.isAt("Profile");
      expect(await person.tab.getByText("Your email is not verified").count()).toBe(0);
      await person.fills({ Name: "Ada Lovelace" });
      await person.presses("Save");
      await person.reads("Saved.");
      await person.tab.reload();
      await person.isAt("Profile");
      expect(await person.tab.getByLabel("Name", { exact: true }).inputValue()).toBe("Ada Lovelace");
    });
  });

  it("whoever is not logged in is led to log-in, and from there to where they wanted to go", async () => {
    await withPerson(async (person) => {
      await person.registers();
      await person.presses("Log out");
      await person.reads("You are logged out.");
      await person.opens("/account/activity");
      await person.isAt("Log in");
      await person.fills({ Email: person.email, Password: "not the right one" });
      await person.presses("Log in");
      await person.tab.getByRole("alert").filter({ hasText: /\w/ }).waitFor();
      await person.fills({ Password: person.password });
      await person.presses("Log in");
      await person.isAt("Activity");
      await person.tab.getByRole("listitem").filter({ hasText: "127.0.0.1" }).first().waitFor();
    });
  });

  it("a forgotten password is replaced by the mailed link", async () => {
    await withPerson(async (person) => {
      await person.registers();
      await person.presses("Log out");
      await person.isAt("Log in");
      await person.follows("Forgot your password?");
      await person.isAt("Forgot your password?");
      await person.fills({ Email: person.email });
      await person.presses("Send me a link");
      await person.reads("a mail with a link is on its way");
      await person.opensLink("reset-password");
      await person.fills({ "New password": newPassword });
      await person.presses("Set the password");
      await person.reads("Your new password is set. Log in with it.");
      expect(person.tab.url()).not.toContain("token");
      person.password = newPassword;
      await person.logsIn();
    });
  });

  it("a new password, a new email, the copy of everything and the end", async () => {
    await withPerson(async (person) => {
      await person.registers();
      await person.follows("Password");
      await person.isAt("Change password");
      await person.fills({ "Current password": person.password, "New password": newPassword });
      await person.presses("Change password");
      await person.reads("Your password is changed.");

      const wanted = newEmail();
      await person.follows("Email");
      await person.isAt("Change email");
      await person.fills({ "New email": wanted, "Current password": newPassword });
      await person.presses("Change email");
      await person.reads("We mailed a link and six digits to");
      const [letter] = await house.mails(wanted);
      await person.fills({ "Six digits": letter?.code ?? "" });
      await person.presses("Confirm email");
      await person.reads(`Your email is ${wanted} now.`);

      await person.follows("Export");
      const download = person.tab.waitForEvent("download");
      await person.presses("Download my data");
      const copy = JSON.parse(await readFile(await (await download).path(), "utf8"));
      expect(copy.user.email).toBe(wanted);

      await person.follows("Delete account");
      await person.fills({ "Current password": newPassword });
      await person.presses("Delete my account");
      await person.isAt("Log in");
      await person.reads(/Receipt: \w{26}/);
      expect((await house.mails(wanted))[0]?.subject).toBe("Your account with Gatehouse was deleted");
    });
  });

  it("a change of email is called off by the link mailed to the old address", async () => {
    await withPerson(async (person) => {
      await person.registers();
      await person.opens("/account/email");
      await person.fills({ "New email": newEmail(), "Current password": person.password });
      await person.presses("Change email");
      await person.reads("We mailed a link and six digits to");
      await person.opensLink("undo-email-change");
      await person.presses("Keep the old email");
      await person.reads("The change is called off");
    });
  });

  it("a session that is ended from another device is over there, and its page leads to log-in", async () => {
    await withPerson(async (person) => {
      await person.registers();
      await withPerson(async (phone) => {
        phone.email = person.email;
        await phone.logsIn();
        await person.follows("Sessions");
        await person.tab.getByText("This device").waitFor();
        await person.presses("End all other sessions");
        await person.tab
          .getByRole("button", { name: "End all other sessions" })
          .waitFor({ state: "detached" });
        await phone.follows("Activity");
        await phone.isAt("Log in");
      });
      await person.follows("Profile");
      await person.isAt("Profile");
    });
  });

  it("a log-out in one tab leads the other one to log-in", async () => {
    await withDevice(async (device) => {
      const person = personAt(await device.open("about:blank"), house);
      await person.registers();
      const other = personAt(await device.open(`${house.url}/account/sessions`), house);
      await other.isAt("Sessions");
      await person.presses("Log out");
      await person.isAt("Log in");
      await other.isAt("Log in");
    });
  });
});
