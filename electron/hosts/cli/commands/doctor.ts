import type { Command } from 'commander';
import { RushesError } from '../../../../shared/errors/rushes-error.ts';
import type { CommandHost } from '../command-host.ts';
import { columns } from '../text.ts';

/** `doctor`: looks at everything that Rushes needs. */
export function addDoctorCommand(program: Command, host: CommandHost): void {
  program
    .command('doctor')
    .description('check versions, folders, ffmpeg, room, network settings and databases')
    .action(
      host.action(async ({ out, withCore, version, home }) => {
        const report = await withCore((client) => client.system.doctor());
        const marks = { ok: 'ok', warning: 'WARNING', problem: 'PROBLEM' } as const;
        const lines = report.findings.flatMap(({ name, state, value, hint }) => [
          [marks[state], name, value],
          ...(hint === undefined ? [] : [['', '', hint]]),
        ]);
        out.result({ version, home, ...report }, columns(lines));
        if (!report.ok) {
          throw new RushesError('CONFLICT', 'The doctor found a problem.', {
            hint: 'The findings say what to do about it.',
          });
        }
      }),
    );
}
