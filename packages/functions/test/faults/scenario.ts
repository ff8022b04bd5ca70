import type { ErrorCode, Route } from "@gatehouse/contract";
import * as Session from "@gatehouse/core/session";
import type { Request } from "../event.ts";
import type { Person } from "../people.ts";

/** A request that is sent again and again, each time as if for the first time. */
export interface Scenario {
  /** As a test names it: "a request to ...". */
  readonly name: string;
  readonly route: Route;
  /** Makes ready what the request needs, and answers the rest of the request. */
  readonly prepare?: (person: Person) => Promise<Partial<Request>>;
  /** Why it is refused, where it is. */
  readonly refusal?: ErrorCode;
  /** What a try is told that comes after one which was done and whose caller was told nothing. */
  readonly afterwards?: ErrorCode;
  /** May be done twice where the first answer was lost: the caller has the second. */
  readonly mayRepeat?: true;
  /** Has more than one effect, each whole by itself; what is missing the next try makes up for. */
  readonly inSteps?: true;
}

/** Nobody sits where a new session may be seated, which would be a call more every fiftieth time. */
export async function loggedOut({ user }: Person): Promise<object> {
  await Session.removeAll(user.id);
  return {};
}
