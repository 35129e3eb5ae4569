/** A Vitest reporter that writes how many tests passed, failed and were skipped, and why, for build/test.mjs. */
import { writeFileSync } from 'node:fs';

export default class CountsReporter {
  onTestRunEnd(modules, unhandledErrors) {
    const counts = { passed: 0, failed: unhandledErrors.length, skipped: [] };
    for (const module of modules) {
      // A file that does not load has no tests to fail.
      counts.failed += module.errors().length;
      for (const test of module.children.allTests()) {
        const { state, note } = test.result();
        if (state === 'passed') counts.passed += 1;
        else if (state === 'failed') counts.failed += 1;
        else
          counts.skipped.push({
            name: `${module.relativeModuleId} › ${test.fullName}`,
            reason: note ?? '',
          });
      }
    }
    writeFileSync(process.env.PILOTHOUSE_COUNTS, JSON.stringify(counts));
  }
}
