import fc from "fast-check";
import { expect, test } from "vitest";
import { fold } from "./fold.ts";
import { personal } from "./personal.ts";

const { strip } = personal({ email: "john.smith85@mail.example.com", name: "José García-López" });

test.each([
  ["the email", "John.Smith85@Mail.Example.com"],
  ["the local part", "john.smith85"],
  ["its words", "johnsmith"],
  ["the local part reversed", "58htims.nhoj"],
  ["the domain", "mailexample"],
  ["a word of the domain", "Example"],
  ["the name", "José García-López"],
  ["the name without accents", "josegarcialopez"],
  ["a name reversed", "zepol"],
  ["a name with signs for letters", "j0hn5m1th"],
  ["the name of this service", "Gatehouse"],
  ["the same reversed", "esuohetag"],
  ["the same with signs for letters", "g4teh0u$e"],
])("%s is nothing but personal", (_, text) => {
  expect(strip(fold(text))).toBe("");
});

test("a personal word is taken out wherever it stands and as often as it does", () => {
  expect(strip("my john, your john")).toBe("my , your ");
});

test("the email is personal even where its words are too short to be", () => {
  expect(personal({ email: "a@b.co.uk" }).strip("a@b.co.uk")).toBe("");
});

test("a name of words too short to count alone is personal where they stand together", () => {
  const { strip } = personal({ email: "jo.ng.bo@b.com", name: "Li Na Wu" });
  for (const text of ["linawu", "uwanil", "jongbo", "j0ngb0"]) expect(strip(text)).toBe("");
  expect(strip("linen")).toBe("linen");
});

test("the stage's own name for the product is personal, and so is ours beside it", () => {
  const { strip } = personal({ email: "a@b.com", appName: "Ada’s \u{1F511} Notes" });
  for (const text of ["ada’s \u{1F511} notes", "adasnotes", "notes", "s3ton", "gatehouse"])
    expect(strip(text)).toBe("");
});

test("short words of a name and the end of the domain say nothing", () => {
  const { strip } = personal({ email: "a@b.com", name: "de Li" });
  expect(strip("delicious compote")).toBe("delicious compote");
});

test("no account and no text make it throw", () => {
  const text = fc.string({ unit: "binary" });
  fc.assert(
    fc.property(text, text, text, text, (email, name, appName, password) => {
      expect(personal({ email, name, appName }).strip(password).length).toBeLessThanOrEqual(password.length);
    }),
  );
});
