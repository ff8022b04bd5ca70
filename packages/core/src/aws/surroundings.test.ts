import { afterEach, describe, expect, it, vi } from "vitest";
import { credentials, endpoint } from "./surroundings.ts";

afterEach(() => void vi.unstubAllEnvs());

function surround(variables: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries({ AWS_REGION: "eu-west-1", ...variables }))
    vi.stubEnv(name, value);
}

describe("a service is", () => {
  it.each([
    [{}, "https://dynamodb.eu-west-1.amazonaws.com/"],
    [{ AWS_REGION: "cn-north-1" }, "https://dynamodb.cn-north-1.amazonaws.com.cn/"],
    [{ AWS_ENDPOINT_URL: "http://localhost:1" }, "http://localhost:1/"],
    [
      { AWS_ENDPOINT_URL: "http://localhost:1", AWS_ENDPOINT_URL_DYNAMODB: "http://localhost:2" },
      "http://localhost:2/",
    ],
    [
      { AWS_ENDPOINT_URL: "http://localhost:1", AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: "true" },
      "https://dynamodb.eu-west-1.amazonaws.com/",
    ],
  ])("with %j at %s", (variables, url) => {
    surround(variables);
    expect(endpoint({ name: "dynamodb" }).url.href).toBe(url);
  });

  it("where a setting says, before all", () => {
    surround({ AWS_ENDPOINT_URL_SQS: "http://localhost:2" });
    expect(endpoint({ name: "sqs", endpoint: "http://localhost:3" }).url.href).toBe("http://localhost:3/");
    expect(endpoint({ name: "sqs" }).url.href).toBe("http://localhost:2/");
    expect(endpoint({ name: "ssm" }).url.href).toBe("https://ssm.eu-west-1.amazonaws.com/");
  });

  it("nowhere without a region", () => {
    surround({ AWS_REGION: "" });
    expect(() => endpoint({ name: "dynamodb" })).toThrow("AWS_REGION is not set");
  });
});

describe("credentials are", () => {
  it("those of the environment as they are now, for Lambda renews them", () => {
    for (const number of ["1", "2"]) {
      surround({
        AWS_ACCESS_KEY_ID: `id ${number}`,
        AWS_SECRET_ACCESS_KEY: "secret",
        AWS_SESSION_TOKEN: "token",
      });
      expect(credentials()).toEqual({
        accessKeyId: `id ${number}`,
        secretAccessKey: "secret",
        sessionToken: "token",
      });
    }
  });

  it("those of a person, without a session", () => {
    surround({ AWS_ACCESS_KEY_ID: "id", AWS_SECRET_ACCESS_KEY: "secret", AWS_SESSION_TOKEN: "" });
    expect(credentials().sessionToken).toBeUndefined();
  });

  it.each(["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"])(
    "needed: without %s it is said who looks elsewhere",
    (name) => {
      surround({ AWS_ACCESS_KEY_ID: "id", AWS_SECRET_ACCESS_KEY: "secret", [name]: "" });
      expect(() => credentials()).toThrow("DYNAMODB_CLIENT=sdk looks elsewhere too");
    },
  );
});
