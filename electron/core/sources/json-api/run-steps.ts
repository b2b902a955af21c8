import type { SourcePage } from '../source-model.ts';

/** What a step of a run came to: the page it brought, null for none, and where the run stands behind it. */
export interface RunStep<State> {
  readonly page: Omit<SourcePage, 'cursor'> | null;
  /** `rest` ends the run. */
  readonly next: State;
}

/** The pages of a run, step by step, each with the place to go on behind it. */
export async function* runSteps<State extends { readonly at: string }>(
  start: State,
  step: (state: Exclude<State, { at: 'rest' }>) => Promise<RunStep<State>>,
  write: (state: State) => string,
): AsyncGenerator<SourcePage> {
  for (let state = start; isUnderWay(state);) {
    const { page, next }: RunStep<State> = await step(state);
    // A page that tells nothing is no page: what it would save on a kill is read again within seconds.
    if (page !== null && (page.ends !== 'more' || page.assets.length + page.failures.length > 0)) {
      yield { ...page, cursor: write(next) };
    }
    state = next;
  }
}

function isUnderWay<State extends { readonly at: string }>(
  state: State,
): state is Exclude<State, { at: 'rest' }> {
  return state.at !== 'rest';
}
