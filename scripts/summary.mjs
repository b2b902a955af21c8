// What the test runners report to `npm test`: one JSON file each, added up to one closing line.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

/** Names the file into which a runner's reporter writes; without it the reporters write nothing. */
export const REPORT_VARIABLE = 'RUSHES_TEST_REPORT';

/** An empty report. `failures` are names; `skips` are `{ name, reason }`. */
export const emptyReport = () => ({ passed: 0, failures: [], skips: [], flaky: [] });

/** Writes a runner's report where `npm test` looks for it. */
export function writeReport(report) {
  const file = process.env[REPORT_VARIABLE];
  if (file) writeFileSync(file, JSON.stringify(report));
}

/** Reads a runner's report. A runner that failed without naming a test counts as one failure, or it would be silent. */
export function readReport({ file, name, exitCode }) {
  const report = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : emptyReport();
  if (exitCode !== 0 && report.failures.length === 0)
    report.failures.push(`${name} ended with code ${exitCode}`);
  return report;
}

/** Adds reports up: `{ lines, exitCode }`, where the last line is the one for machines to read. */
export function summarise(reports) {
  const all = (key) => reports.flatMap((report) => report[key]);
  const passed = reports.reduce((sum, report) => sum + report.passed, 0);
  const failures = all('failures');
  const skips = all('skips');
  return {
    lines: [
      ...all('flaky').map((name) => `passed only when tried again: ${name}`),
      ...skips.map(({ name, reason }) => `skipped: ${name}: ${reason || 'no reason given'}`),
      ...failures.map((name) => `failed: ${name}`),
      ...(passed + failures.length === 0 ? ['no test ran'] : []),
      `${passed} passed, ${failures.length} failed, ${skips.length} skipped`,
    ],
    exitCode: failures.length > 0 || passed === 0 ? 1 : 0,
  };
}
