import type { Command } from 'commander';
import { createSession, type CommonOptions, type Session } from './session.ts';
import type { Terminal } from './terminal.ts';

/** What a command does. The types of arguments and options are its own affair, as commander does not know them. */
type Work = (session: Session, ...given: never[]) => Promise<void>;

/** Gives the commands their session and takes what they throw to one place. */
export interface CommandHost {
  /** An action for commander: `work` gets the session, then the arguments, then the options. */
  readonly action: (work: Work) => (...given: unknown[]) => Promise<void>;
}

/** Makes the host of one run. */
export function createCommandHost(terminal: Terminal): CommandHost {
  return {
    action:
      (work) =>
      async (...given) => {
        // Commander passes the arguments, the command's options, and the command itself.
        const command = given.at(-1) as Command;
        const session = createSession(terminal, command.optsWithGlobals<CommonOptions>());
        try {
          await work(session, ...(given.slice(0, -1) as never[]));
        } finally {
          session.progress.end();
        }
      },
  };
}
