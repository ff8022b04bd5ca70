import { ordersOf } from "./rounds.ts";
import type { Answer } from "./send.ts";
import { traceOf } from "./trace.ts";

export interface Kind {
  readonly name: string;
  /** One for each round. */
  readonly bodies: readonly { readonly email: string }[];
}

/** Requests to one route that should be answered alike. */
export interface Comparison {
  /** `POST /login` */
  readonly what: string;
  /** The first is what the others are compared with. */
  readonly kinds: readonly Kind[];
  /**
   * Whether a round counts, by its answers. Where it does not, this may mend why, and the round is taken again.
   *
   * @default every round counts
   */
  readonly accepts?: (answers: readonly Answer[]) => Promise<boolean>;
}

/** What was measured of one kind: a time for each round, and what was seen of the answers. */
export interface Samples {
  readonly name: string;
  readonly milliseconds: number[];
  readonly traces: Set<string>;
}

export type Ask = (what: string, body: object) => Promise<Answer>;

/** How often a round is taken again before something else must be wrong. */
const mostRetakes = 30;

/** Asks for each kind once a round, in an order that differs from round to round. */
export async function measure(
  { what, kinds, accepts = async () => true }: Comparison,
  ask: Ask,
): Promise<readonly Samples[]> {
  const samples = kinds.map(({ name }): Samples => ({ name, milliseconds: [], traces: new Set() }));
  const rounds = Math.min(...kinds.map(({ bodies }) => bodies.length));

  async function take(round: number, order: readonly number[]): Promise<Map<number, Answer>> {
    const answers = new Map<number, Answer>();
    for (const kind of order) answers.set(kind, await ask(what, bodyOf(kind, round)));
    return answers;
  }

  function bodyOf(kind: number, round: number) {
    const body = kinds[kind]?.bodies[round];
    if (!body) throw new RangeError(`kind ${kind} has nothing to send in round ${round}`);
    return body;
  }

  for (const [round, order] of ordersOf(kinds.length, rounds).entries()) {
    let answers = await take(round, order);
    for (let retakes = 0; !(await accepts([...answers.values()])); retakes += 1) {
      if (retakes === mostRetakes) throw new Error(`no answer of ${what} is one that counts`);
      answers = await take(round, order);
    }
    for (const [kind, answer] of answers) {
      samples[kind]?.milliseconds.push(answer.milliseconds);
      samples[kind]?.traces.add(traceOf(answer, bodyOf(kind, round).email));
    }
  }
  return samples;
}
