import { emptyReport, writeReport } from './summary.mjs';

/** Tells `npm test` what Playwright found. */
// oxlint-disable-next-line import/no-default-export -- playwright asks for one
export default class PlaywrightReporter {
  #suite = null;
  #errors = [];

  onBegin(_config, suite) {
    this.#suite = suite;
  }
  onError(error) {
    this.#errors.push(error.message ?? 'error outside any test');
  }
  onEnd() {
    const report = emptyReport();
    for (const test of this.#suite?.allTests() ?? []) {
      const name = test.titlePath().filter(Boolean).join(' > ');
      const skip = test.annotations.find(({ type }) => type === 'skip' || type === 'fixme');
      switch (test.outcome()) {
        case 'expected':
          report.passed++;
          break;
        case 'flaky':
          report.passed++;
          report.flaky.push(name);
          break;
        case 'skipped':
          report.skips.push({ name, reason: skip?.description ?? '' });
          break;
        default:
          report.failures.push(name);
      }
    }
    report.failures.push(...this.#errors.map((message) => `playwright: ${message.split('\n')[0]}`));
    writeReport(report);
  }
  printsToStdio() {
    return false;
  }
}
