import { emptyReport, writeReport } from './summary.mjs';

/** Tells `npm test` what vitest found. */
// oxlint-disable-next-line import/no-default-export -- vitest asks for one
export default class VitestReporter {
  onTestRunEnd(modules, unhandledErrors) {
    const report = emptyReport();
    for (const testModule of modules) this.#addModule(testModule, report);
    for (const error of unhandledErrors) report.failures.push(`unhandled error: ${error.message}`);
    writeReport(report);
  }

  #addModule(testModule, report) {
    const failuresBefore = report.failures.length;
    for (const test of testModule.children.allTests()) {
      const { state, note } = test.result();
      const name = `${testModule.relativeModuleId} > ${test.fullName}`;
      if (state === 'passed') report.passed++;
      else if (state === 'failed') report.failures.push(name);
      else report.skips.push({ name, reason: note ?? '' });
    }
    // A file that could not be loaded, or whose hooks failed, may have no failed test.
    if (testModule.state() === 'failed' && report.failures.length === failuresBefore) {
      report.failures.push(testModule.relativeModuleId);
    }
  }
}
