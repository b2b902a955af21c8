/** Questions by name: what goes out with each and what comes back. */
export type Questions = Readonly<Record<string, { readonly input: unknown; readonly answer: unknown }>>;

/** A question on its way to the other process. */
export interface Asked {
  readonly id: number;
  readonly name: string;
  readonly input: unknown;
}

/** What came of a question. */
export type Reply =
  | { readonly id: number; readonly ok: true; readonly value: unknown }
  | { readonly id: number; readonly ok: false; readonly message: string };

/** What one side answers the other's questions with. */
export type Answers<Q extends Questions> = {
  readonly [K in keyof Q]: (input: Q[K]['input']) => Promise<Q[K]['answer']>;
};

/** Asks the other process. */
export type Ask<Q extends Questions> = <K extends keyof Q & string>(
  name: K,
  input: Q[K]['input'],
) => Promise<Q[K]['answer']>;

interface Waiting {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

/**
 * Keeps account of questions to another process: one answer each, or a failure when that process is gone.
 *
 * The two sides are built together, so the types of both hold without checks at run time.
 */
export function createExchange<Q extends Questions>(send: (asked: Asked) => void) {
  const waiting = new Map<number, Waiting>();
  let lastId = 0;
  const ask: Ask<Q> = (name, input) =>
    new Promise((resolve, reject) => {
      lastId += 1;
      waiting.set(lastId, { resolve, reject });
      send({ id: lastId, name, input });
    });
  return {
    ask,
    settle: (reply: Reply): void => {
      const one = waiting.get(reply.id);
      waiting.delete(reply.id);
      if (reply.ok) one?.resolve(reply.value);
      else one?.reject(new Error(reply.message));
    },
    /** Fails everything that is still open. */
    fail: (message: string): void => {
      for (const one of waiting.values()) one.reject(new Error(message));
      waiting.clear();
    },
  };
}

/** Answers one question of the other process; never throws. */
export async function answerOne<Q extends Questions>(asked: Asked, answers: Answers<Q>): Promise<Reply> {
  try {
    if (!Object.hasOwn(answers, asked.name)) throw new Error(`There is no answer to "${asked.name}".`);
    const answer = answers[asked.name as keyof Q];
    return { id: asked.id, ok: true, value: await answer(asked.input) };
  } catch (error) {
    return { id: asked.id, ok: false, message: error instanceof Error ? error.message : String(error) };
  }
}
