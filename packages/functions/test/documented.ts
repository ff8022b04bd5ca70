/** Holds every answer that a test sees to the OpenAPI document of this contract. */
import { openApiDocument } from "@gatehouse/contract/openapi";
import { type AnswerCheck, createAnswerCheck } from "./answer-check.ts";

export type { Answered, Place } from "./answer-check.ts";

let made: AnswerCheck | undefined;

/** Made when a test first needs it. */
function check(): AnswerCheck {
  made ??= createAnswerCheck(openApiDocument("https://auth.example.com"));
  return made;
}

export const expectDocumented: AnswerCheck["expectDocumented"] = (place, answered) =>
  check().expectDocumented(place, answered);

/** Whether the document has this route. It does not have those that a test makes up. */
export const isDocumented: AnswerCheck["isDocumented"] = (place) => check().isDocumented(place);

export const placeOf: AnswerCheck["placeOf"] = (method, target) => check().placeOf(method, target);
