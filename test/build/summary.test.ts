/** The line that ends `npm test` never makes nothing look like success. */
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { run } from '../support/child.ts';

const summary = resolve(import.meta.dirname, '../../build/summary.mjs');

interface Suite {
  readonly name: string;
  readonly exitCode: number;
  readonly counts?: { passed: number; failed: number; skipped: { name: string; reason: string }[] };
}

async function summarise(suites: readonly Suite[]): Promise<{ line: string; ok: boolean }> {
  const script = `
    import { summarise } from ${JSON.stringify(summary)};
    console.log(JSON.stringify(summarise(${JSON.stringify(suites)})));`;
  return JSON.parse(await run(process.execPath, ['--input-type=module', '-e', script]));
}

const tests = (passed: number, failed = 0, skipped = 0, exitCode = failed > 0 ? 1 : 0): Suite => ({
  name: 'tests',
  exitCode,
  counts: {
    passed,
    failed,
    skipped: Array.from({ length: skipped }, (_, index) => ({ name: `${index}`, reason: 'why' })),
  },
});
const lint = (exitCode: number): Suite => ({ name: 'lint', exitCode });

test.each([
  ['all is well', [lint(0), tests(3), tests(4)], '7 passed, 0 failed', true],
  ['a skipped test is counted apart', [tests(3, 0, 2)], '3 passed, 0 failed, 2 skipped', true],
  ['a failed test', [tests(3, 1)], '3 passed, 1 failed', false],
  ['a failed check counts as one', [lint(1), tests(3)], '3 passed, 1 failed', false],
  ['no test ran', [lint(0), tests(0)], '0 passed, 1 failed', false],
  [
    'one of two tools ran no test',
    [tests(5), tests(0, 0, 4)],
    '5 passed, 1 failed, 4 skipped',
    false,
  ],
  ['tests passed and the tool failed', [tests(5, 0, 0, 1)], '5 passed, 1 failed', false],
  [
    'a tool died before it could count',
    [tests(5), { name: 'e2e', exitCode: 1 }],
    '5 passed, 1 failed',
    false,
  ],
  ['nothing at all', [], '0 passed, 0 failed', false],
] as const)('%s', async (_name, suites, line, ok) => {
  expect(await summarise(suites)).toMatchObject({ line, ok });
});
