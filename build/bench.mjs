/** `npm run bench`: measures ours beside a peer in the same run, and prints a table; no time ever fails it. */
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { runnerImport } from 'vite';

const root = resolve(import.meta.dirname, '..');
const directory = resolve(root, 'test/bench');
const ending = '.bench.ts';

const { values, positionals } = parseArgs({
  options: { json: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const known = readdirSync(directory)
  .filter((name) => name.endsWith(ending))
  .map((name) => name.slice(0, -ending.length))
  .sort();
/** Run by name only: it takes longer than all the others. */
const byNameOnly = ['soak'];
const unknown = positionals.filter((name) => !known.includes(name));
if (unknown.length > 0) {
  console.error(`No bench is named ${unknown.join(', ')}. There are: ${known.join(', ')}`);
  process.exit(2);
}
const chosen =
  positionals.length > 0 ? positionals : known.filter((name) => !byNameOnly.includes(name));

runFirst('build/prepare.mjs');
runFirst('node_modules/electron-vite/bin/electron-vite.js', [
  ...['build', '--config', 'build/electron.vite.config.ts', '--logLevel', 'error'],
]);

if (!values.json) {
  console.log('| what | ours | peer | ratio | budget | kept |');
  console.log('|---|---:|---:|---:|---|---|');
}
for (const name of chosen) {
  console.error(`measuring ${name} …`);
  try {
    const { module } = await runnerImport(resolve(directory, `${name}${ending}`), {
      configFile: false,
      logLevel: 'error',
    });
    for (const line of await module.bench.run()) print(line);
  } catch (error) {
    console.error(`${name} could not be measured:`, error);
    process.exitCode = 1;
  }
}
process.exit();

function print(line) {
  if (values.json) {
    console.log(JSON.stringify(line));
    return;
  }
  const { name, ours, peer, unit, ratio, budget, ok } = line;
  const cells = [
    name,
    `${ours} ${unit}`,
    `${peer} ${unit}`,
    ratio ?? '–',
    budget,
    ok ? 'yes' : '**no**',
  ];
  console.log(`| ${cells.join(' | ')} |`);
}

function runFirst(script, args = []) {
  const { status } = spawnSync(process.execPath, [resolve(root, script), ...args], {
    cwd: root,
    stdio: ['ignore', 2, 2],
  });
  if (status !== 0) process.exit(1);
}
