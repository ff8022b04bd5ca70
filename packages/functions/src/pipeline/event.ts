import type { Transport } from "@gatehouse/contract";
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from "aws-lambda";

/** Who acts: the user and the session that the authorizer vouched for. */
export interface Actor {
  readonly type: "user";
  readonly userId: string;
  readonly sessionId: string;
  /** Scopes separated by spaces. */
  readonly scope: string;
}

/** What a route that takes a refresh token was called with. */
export type Credential =
  | { readonly type: "refresh"; readonly token: string; readonly transport: Transport }
  | { readonly type: "access"; readonly token: string };

/** From where a request came. All of it is the gateway's word; no header a client can set is believed. */
export interface Meta {
  readonly requestId: string;
  readonly sourceIp: string;
  /** At most 256 characters. */
  readonly userAgent?: string;
}

/** An HTTP API event (payload format 2.0) on its way through the pipeline, which parses `body` and adds
 * `actor` or `credential`. */
export type Incoming = Omit<APIGatewayProxyEventV2, "body"> & {
  body?: unknown;
  actor?: Actor;
  credential?: Credential;
};

export type Outgoing = APIGatewayProxyStructuredResultV2;
