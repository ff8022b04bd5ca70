import type { Route, RouteName } from "@gatehouse/contract";
import { newCode } from "./codes.ts";
import type { Request } from "./event.ts";
import { newEmail, type Person, password } from "./people.ts";
import { newPassword, sampleOf } from "./samples.ts";

/** Bodies that hold what was really mailed, or the address that is wanted. */
const bodies: Partial<Record<RouteName, (person: Person, wanted: string) => Promise<object>>> = {
  register: async (_, wanted) => ({ email: wanted, password }),
  verifyEmail: async (person) => ({ token: (await newCode("verify_email", person)).token }),
  undoEmailChange: async (person, wanted) => ({
    token: (await newCode("change_email", person, wanted)).undo,
  }),
  resetPassword: async (person) => {
    const { token } = await newCode("reset_password", person);
    return { token, password: newPassword };
  },
  changeEmail: async (_, wanted) => ({ email: wanted, password }),
  confirmEmail: async (person, wanted) => ({ token: (await newCode("change_email", person, wanted)).token }),
};

/**
 * A request to a route, by somebody who may, that does what the route is for. The sample of a route is only accepted by
 * its validator.
 */
export async function wholeRequest(route: Route, person: Person, wanted = newEmail()): Promise<Request> {
  const body = await bodies[route.name as RouteName]?.(person, wanted);
  return {
    method: route.method,
    path: route.path,
    ...sampleOf(route, person),
    ...(body && { body }),
    ...(route.authorizer === "token" && { context: person.context }),
  };
}
