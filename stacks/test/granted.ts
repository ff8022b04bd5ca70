import { synthesise } from "./synthesise.ts";
import { type DeployedFunction, functionsOf, listOf } from "./templates.ts";

/** The stage whose grants the tests look at. */
export const stage = "anna";

const { api, mail } = synthesise(stage);

export const functions = [api, mail].flatMap((template) => functionsOf(template, `${stage}-gatehouse-`));

export const actionsOf = ({ statements }: DeployedFunction) =>
  statements.flatMap(({ Action }) => listOf(Action));

/** As text, since a reference is an object. */
export const resourcesOf = ({ statements }: DeployedFunction) =>
  statements.flatMap(({ Resource }) => listOf(Resource).map((each) => JSON.stringify(each)));

export function named(name: string): DeployedFunction {
  const found = functions.find((each) => each.name === name);
  if (!found) throw new Error(`the template has no function ${name}`);
  return found;
}
