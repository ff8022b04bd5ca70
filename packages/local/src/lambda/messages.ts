import type { Invocation } from "./context.ts";
import type { Fault } from "./function-error.ts";

/** What a container's thread is started with. */
export interface ContainerData {
  /** A file URL. */
  readonly module: string;
  readonly exportName: string;
}

/** To the thread: one event, as JSON. */
export interface InvokeMessage {
  readonly payload: string;
  readonly invocation: Invocation;
}

/** From the thread, at any time: what the handler wrote. */
export interface OutputMessage {
  readonly kind: "output";
  readonly stream: "stdout" | "stderr";
  readonly chunk: string | Uint8Array;
}

/** From the thread: the module is loaded; the answer, as JSON; or what went wrong. */
export type ContainerMessage =
  | { readonly kind: "ready" }
  | { readonly kind: "answer"; readonly payload: string }
  | { readonly kind: "fault"; readonly fault: Fault };
