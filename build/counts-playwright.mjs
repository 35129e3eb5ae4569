/** A Playwright reporter that writes how many tests passed, failed and were skipped, and why, for build/test.mjs. */
import { writeFileSync } from 'node:fs';

export default class CountsReporter {
  counts = { passed: 0, failed: 0, skipped: [] };

  onTestEnd(test, result) {
    const name = test.titlePath().filter(Boolean).join(' › ');
    if (result.status === 'skipped') {
      const skip = result.annotations.find(({ type }) => type === 'skip' || type === 'fixme');
      this.counts.skipped.push({ name, reason: skip?.description ?? '' });
    } else if (result.status === test.expectedStatus) this.counts.passed += 1;
    else this.counts.failed += 1;
  }

  onError() {
    this.counts.failed += 1;
  }

  onEnd() {
    writeFileSync(process.env.PILOTHOUSE_COUNTS, JSON.stringify(this.counts));
  }

  printsToStdio() {
    return false;
  }
}
