import { User as UserSchema } from "@gatehouse/contract";
import { expect, it } from "vitest";
import { type Profile, toUser } from "./profile.ts";

const least: Profile = {
  userId: "01j00000000000000000000000",
  email: "Anna@example.com",
  emailVerified: true,
  roles: ["member"],
  status: "active",
  epoch: 3,
  createdAt: "2026-06-01T12:00:00.000Z",
  updatedAt: "2026-06-02T12:00:00.000Z",
};

it("what is told of a person is what the contract says, whatever else the item holds", () => {
  const item = { ...least, name: "Anna", passwordHash: "x", pk: "user#1", sk: "profile", ttl: 1 };
  expect(toUser(item)).toEqual({
    id: "01j00000000000000000000000",
    email: "Anna@example.com",
    emailVerified: true,
    name: "Anna",
    locale: null,
    picture: null,
    roles: ["member"],
    createdAt: "2026-06-01T12:00:00.000Z",
    updatedAt: "2026-06-02T12:00:00.000Z",
  });
  expect(Object.keys(toUser(item))).toEqual(Object.keys(UserSchema.properties));
});

it("a field that was never given is null and not left out", () => {
  expect(toUser(least)).toMatchObject({ name: null, locale: null, picture: null });
});

it("the roles told are a copy", () => {
  expect(toUser(least).roles).not.toBe(least.roles);
});
