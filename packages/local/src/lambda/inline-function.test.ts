import { expect, test } from "vitest";
import { createInlineFunction } from "./inline-function.ts";

test("events and answers cross as JSON, so what would be lost on AWS is lost here", async () => {
  const inline = createInlineFunction({
    handler: (event: { at: unknown }) => ({ at: event.at, none: undefined, date: new Date(0) }),
  });
  expect(await inline.invoke({ at: new Date(0), gone: undefined })).toEqual({
    at: "1970-01-01T00:00:00.000Z",
    date: "1970-01-01T00:00:00.000Z",
  });
});

test("a handler that answers nothing answers null", async () => {
  expect(await createInlineFunction({ handler: () => undefined }).invoke({})).toBeNull();
});

test("a failure looks like a container's", async () => {
  const inline = createInlineFunction({
    handler: () => {
      throw new RangeError("no");
    },
  });
  await expect(inline.invoke({})).rejects.toMatchObject({
    name: "FunctionError",
    errorType: "RangeError",
    message: "no",
  });
});

test("anything thrown keeps its text", async () => {
  const inline = createInlineFunction({ handler: () => Promise.reject("Unauthorized") });
  await expect(inline.invoke({})).rejects.toMatchObject({ errorType: "string", message: "Unauthorized" });
});

test("it times out", async () => {
  const inline = createInlineFunction({ handler: () => new Promise(() => {}), timeoutSeconds: 0.05 });
  await expect(inline.invoke({})).rejects.toMatchObject({ errorType: "Sandbox.Timedout" });
});

test("the context carries the request's id", async () => {
  const inline = createInlineFunction({ name: "me", handler: (_event, context) => context });
  expect(await inline.invoke({}, { awsRequestId: "request-1" })).toMatchObject({
    awsRequestId: "request-1",
    functionName: "me",
  });
});
