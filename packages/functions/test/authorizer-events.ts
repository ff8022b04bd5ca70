import httpOne from "./fixtures/http-request-1.0.json" with { type: "json" };
import httpTwo from "./fixtures/http-request-2.0.json" with { type: "json" };
import restRequest from "./fixtures/rest-request.json" with { type: "json" };
import restToken from "./fixtures/rest-token.json" with { type: "json" };

/** The four shapes in which API Gateway asks an authorizer, recorded, with TOKEN where the token stood. */
const recorded = {
  "REST TOKEN": restToken,
  "REST REQUEST": restRequest,
  "HTTP REQUEST 1.0": httpOne,
  "HTTP REQUEST 2.0": httpTwo,
};

export type Shape = keyof typeof recorded;

export const shapes = Object.keys(recorded) as Shape[];

/** A recorded event with the token in it, or with another text in place of `Bearer <token>`. */
export function recordedEvent(shape: Shape, authorization: string): Record<string, unknown> {
  const inJson = JSON.stringify(authorization).slice(1, -1);
  const text = JSON.stringify(recorded[shape]).replaceAll("Bearer TOKEN", () => inJson);
  return JSON.parse(text) as Record<string, unknown>;
}
