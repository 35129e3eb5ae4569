/** Adds up the counts of the test tools into the one line that ends `npm test`. */

/**
 * A tool that ran no test at all, or died without saying so, has failed.
 * @param {{ name: string, counts?: { passed: number, failed: number, skipped: { name: string, reason: string }[] }, exitCode: number }[]} suites
 */
export function summarise(suites) {
  let passed = 0;
  let failed = 0;
  const skipped = [];
  const problems = [];
  for (const { name, counts, exitCode } of suites) {
    passed += counts?.passed ?? 0;
    failed += counts?.failed ?? 0;
    skipped.push(...(counts?.skipped ?? []));
    const ran = (counts?.passed ?? 0) + (counts?.failed ?? 0);
    if (counts?.failed) continue;
    if (exitCode !== 0) problems.push(`${name} ended with ${exitCode}`);
    else if (counts && ran === 0) problems.push(`${name} ran no test`);
  }
  failed += problems.length;
  const parts = [`${passed} passed`, `${failed} failed`];
  if (skipped.length > 0) parts.push(`${skipped.length} skipped`);
  return { line: parts.join(', '), ok: failed === 0 && passed > 0, skipped, problems };
}
