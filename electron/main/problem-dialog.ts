import { dialog, shell } from 'electron';
import { wording } from '../../shared/errors/wording.ts';
import type { CoreProblem } from './core-supervisor.ts';

const buttons = ['Try again', 'Open the logs folder', 'Quit'];

/** Tells of a problem that ends the work, with the log's place, until the user tries again or quits. */
export async function showProblem(problem: CoreProblem, logDir: string): Promise<'retry' | 'quit'> {
  const { reason, todo } = wording(problem.code);
  for (;;) {
    const { response } = await dialog.showMessageBox({
      type: 'error',
      title: 'Rushes',
      message: reason,
      detail: `${todo}\n\n${problem.message}\n\nWhat happened is in the log: ${logDir}`,
      buttons,
      defaultId: 0,
      cancelId: 2,
      noLink: true,
    });
    if (response !== 1) return response === 0 ? 'retry' : 'quit';
    await shell.openPath(logDir);
  }
}
