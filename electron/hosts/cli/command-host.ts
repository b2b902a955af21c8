import type { Command } from 'commander';
import { createSession, type CommonOptions, type Session } from './session.ts';
import type { Terminal } from './terminal.ts';

/** Gives the commands their session and takes what they throw to one place. */
export interface CommandHost {
  /** An action for commander: `work` gets the session, then the arguments, then the options. */
  action<Given extends unknown[]>(
    work: (session: Session, ...given: Given) => Promise<void>,
  ): (...given: unknown[]) => Promise<void>;
}

/** Makes the host of one run. */
export function createCommandHost(terminal: Terminal): CommandHost {
  return {
    action:
      <Given extends unknown[]>(work: (session: Session, ...given: Given) => Promise<void>) =>
      async (...given) => {
        // Commander passes the arguments, the command's options, and the command itself.
        const command = given.at(-1) as Command;
        const session = createSession(terminal, command.optsWithGlobals<CommonOptions>());
        try {
          await work(session, ...(given.slice(0, -1) as Given));
        } finally {
          session.progress.end();
        }
      },
  };
}
