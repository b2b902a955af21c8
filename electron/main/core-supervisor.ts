import type { ErrorCode } from '../../shared/errors/codes.ts';
import { answerOne, createExchange, type Answers } from '../hosts/desktop/exchange.ts';
import type { TransferStanding } from '../hosts/desktop/transfer-watch.ts';
import type {
  CoreQuestions,
  FromCore,
  OpenOrder,
  ShellQuestions,
  ToCore,
} from '../hosts/desktop/messages.ts';
import { createRestartPolicy } from './restart-policy.ts';
import type { ShellLog } from './shell-log.ts';

/** The core's process, as much as the supervisor needs of it. `Port` is what leads to a page. */
export interface CoreProcess<Port> {
  send(message: ToCore, port?: Port): void;
  onMessage(listener: (message: FromCore) => void): void;
  onExit(listener: (exitCode: number) => void): void;
  kill(): void;
}

/** Why there is no core, and none will come by itself. */
export interface CoreProblem {
  readonly code: ErrorCode;
  readonly message: string;
}

interface SupervisorDeps<Port> {
  readonly spawn: () => CoreProcess<Port>;
  readonly order: OpenOrder;
  readonly answers: Answers<ShellQuestions>;
  readonly log: ShellLog;
  readonly now: () => number;
  /** A core is there, the first or a new one: pages need new ports. */
  readonly onReady: () => void;
  readonly onProblem: (problem: CoreProblem) => void;
  /** How the downloads stand; null when there is no core any more. */
  readonly onTransfers: (standing: TransferStanding | null) => void;
}

/** How long a closing core may take before it is ended by force. */
const closeWaitMs = 10_000;
const gone = 'The core is not running.';

/** Failures that another start cannot mend. */
const lasting: readonly ErrorCode[] = ['HOME_IN_USE', 'DATABASE_NEWER', 'DATABASE_DAMAGED'];

/**
 * Keeps one core process alive: starts it, starts it again when it dies, and says when that is of no use.
 */
export function createCoreSupervisor<Port>(deps: SupervisorDeps<Port>) {
  const policy = createRestartPolicy(deps.now);
  let child: CoreProcess<Port> | null = null;
  let isReady = false;
  let isClosing = false;
  let problem: CoreProblem | null = null;
  let pause: NodeJS.Timeout | undefined;
  let exited = Promise.withResolvers<void>();
  const exchange = createExchange<CoreQuestions>((asked) => child?.send({ kind: 'ask', asked }));

  const receive = (from: CoreProcess<Port>, message: FromCore): void => {
    switch (message.kind) {
      case 'ready':
        isReady = true;
        deps.log.info('The core is ready.');
        return deps.onReady();
      case 'failed':
        deps.log.error('The core could not be opened.', { code: message.code, message: message.message });
        problem = { code: message.code, message: message.message };
        return from.kill();
      case 'reply':
        return exchange.settle(message.reply);
      case 'transfers':
        return deps.onTransfers(message.standing);
      case 'ask':
        void answerOne(message.asked, deps.answers).then(
          (reply) => child === from && from.send({ kind: 'reply', reply }),
        );
    }
  };

  const afterExit = (exitCode: number): void => {
    child = null;
    isReady = false;
    exchange.fail(gone);
    deps.onTransfers(null);
    exited.resolve();
    if (isClosing) return;
    deps.log.warn('The core has ended.', { exitCode });
    const advice = policy.failed();
    const reason = problem ?? { code: 'CORE_UNAVAILABLE', message: `It ended by itself (${exitCode}).` };
    problem = null;
    if (advice.kind === 'give-up' || lasting.includes(reason.code)) deps.onProblem(reason);
    else pause = setTimeout(start, advice.ms);
  };

  const start = (): void => {
    const mine = deps.spawn();
    child = mine;
    exited = Promise.withResolvers<void>();
    mine.onMessage((message) => receive(mine, message));
    mine.onExit(afterExit);
    mine.send({ kind: 'open', order: deps.order });
  };

  return {
    start,
    /** Tries anew after a problem. */
    retry: (): void => {
      policy.forget();
      start();
    },
    isReady: (): boolean => isReady,
    /** Asks the core; fails at once when there is none. */
    ask: ((name, input) =>
      isReady ? exchange.ask(name, input) : Promise.reject(new Error(gone))) as typeof exchange.ask,
    /** Says that the machine has slept. */
    awake: (): void => child?.send({ kind: 'awake' }),
    givePort: (port: Port): void => child?.send({ kind: 'port' }, port),
    /** Ends the core cleanly: it finishes what it writes. By force after ten seconds. */
    close: async (): Promise<void> => {
      isClosing = true;
      clearTimeout(pause);
      if (!child) return;
      const impatience = setTimeout(() => {
        deps.log.warn('The core did not close in time.');
        child?.kill();
        exited.resolve();
      }, closeWaitMs);
      child.send({ kind: 'close' });
      await exited.promise;
      clearTimeout(impatience);
    },
  };
}
export type CoreSupervisor<Port> = ReturnType<typeof createCoreSupervisor<Port>>;
