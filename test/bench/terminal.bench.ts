/** 50 MB of a shell's output into the product's terminal, beside the same bytes into xterm.js alone in the same Chromium. */
import { createReadStream, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Browser, Page } from '@playwright/test';
import { openTerminal, typeLine } from '../support/app-page.ts';
import { openPage, startBrowser } from '../support/browser.ts';
import { addressPort, closeServer, listen } from '../support/listening.ts';
import { startAppWithServers } from './support/app-with-servers.ts';
import { type Bench, measure, median } from './support/measurement.ts';

const megabytes = 50;
const rounds = 3;
const require = createRequire(import.meta.url);

interface Run {
  readonly megabytesPerSecond: number;
  /** The longest task of the page's main thread, in milliseconds; 50 is the least that is told. */
  readonly longestTaskMs: number;
}

/** Lines as a build or a training run prints them: words, numbers, colours. */
function makeOutput(): string {
  const line = (index: number) =>
    `\u001b[32mstep ${index}\u001b[0m loss=${(index * 7919) % 1000} lr=3e-4 \u001b[1mtokens\u001b[0m ${index * 512}\n`;
  const block = Array.from({ length: 1000 }, (_, index) => line(index)).join('');
  return block.repeat(Math.ceil((megabytes * 1e6) / block.length)).slice(0, megabytes * 1e6);
}

async function watchTasks(page: Page): Promise<() => Promise<number>> {
  await page.evaluate(() => {
    const tasks: number[] = [];
    Object.assign(window, { longTasks: tasks });
    new PerformanceObserver((list) => {
      tasks.push(...list.getEntries().map(({ duration }) => duration));
    }).observe({ type: 'longtask' });
  });
  return () =>
    page.evaluate(() =>
      Math.max(50, ...(window as unknown as { longTasks: readonly number[] }).longTasks),
    );
}

/**
 * Prints the file, then asks where the cursor is: the terminal answers once it has parsed all before the question.
 * The shell writes down when it began and when it had the answer, in nanoseconds.
 */
const measureFunction = `
measure() {
  local began=$(date +%s%N)
  cat output
  printf '\\033[6n'
  IFS= read -rsd R
  echo "$began $(date +%s%N)" > times.new && mv times.new "$1"
}
`;

async function runOurs(page: Page, home: string, round: number): Promise<Run> {
  const longest = await watchTasks(page);
  const times = `times-${round}`;
  await typeLine(page, `measure ${times}`);
  while (!existsSync(join(home, times))) await page.waitForTimeout(50);
  const [began = 0, ended = 0] = readFileSync(join(home, times), 'utf8').split(' ').map(Number);
  const seconds = (ended - began) / 1e9;
  return { megabytesPerSecond: megabytes / seconds, longestTaskMs: await longest() };
}

/** xterm.js with nothing around it, fed as its guide says: a few chunks ahead of what is parsed. */
async function runPeer(browser: Browser, dataPort: number): Promise<Run> {
  const page = await openPage(browser);
  await page.goto(`http://127.0.0.1:${dataPort}/`);
  await page.addStyleTag({ path: require.resolve('@xterm/xterm/css/xterm.css') });
  await page.addScriptTag({ path: require.resolve('@xterm/xterm') });
  await page.addScriptTag({ path: require.resolve('@xterm/addon-webgl') });
  const longest = await watchTasks(page);
  const seconds = await page.evaluate(async () => {
    const { Terminal, WebglAddon } = window as unknown as {
      Terminal: typeof import('@xterm/xterm').Terminal;
      WebglAddon: typeof import('@xterm/addon-webgl');
    };
    const terminal = new Terminal({ cols: 160, rows: 16, allowProposedApi: true });
    terminal.open(document.body);
    terminal.loadAddon(new WebglAddon.WebglAddon());
    const bytes = new Uint8Array(await (await fetch('/output')).arrayBuffer());
    const chunk = 65_536;
    const ahead = 8;
    const begun = performance.now();
    await new Promise<void>((resolve) => {
      let next = 0;
      let pending = 0;
      const feed = () => {
        while (pending < ahead && next < bytes.length) {
          pending += 1;
          terminal.write(bytes.subarray(next, next + chunk), () => {
            pending -= 1;
            if (next >= bytes.length && pending === 0) resolve();
            else feed();
          });
          next += chunk;
        }
      };
      feed();
    });
    return (performance.now() - begun) / 1000;
  });
  const run = { megabytesPerSecond: megabytes / seconds, longestTaskMs: await longest() };
  await page.close();
  return run;
}

export const bench: Bench = {
  name: 'terminal',
  async run() {
    const world = await startAppWithServers(1);
    const file = join(world.sshd.home, 'output');
    writeFileSync(file, makeOutput());
    writeFileSync(join(world.sshd.home, '.bashrc'), measureFunction);
    const data = createServer((request, response) => {
      if (request.url === '/output') createReadStream(file).pipe(response);
      else response.setHeader('content-type', 'text/html').end('<!doctype html><body></body>');
    });
    await listen(data);
    const browser = await startBrowser();
    const page = await openPage(browser);
    await page.goto(await world.app.newLink());
    await openTerminal(page, 'server-1');
    const ours: Run[] = [];
    const peer: Run[] = [];
    for (let round = 0; round < rounds; round += 1) {
      ours.push(await runOurs(page, world.sshd.home, round));
      peer.push(await runPeer(browser, addressPort(data)));
    }
    await browser.close();
    data.closeAllConnections();
    await closeServer(data);
    await world.stop();
    const of = (runs: readonly Run[], name: keyof Run) => median(runs.map((run) => run[name]));
    return [
      measure(
        `terminal: ${megabytes} MB of output`,
        'MB/s',
        of(ours, 'megabytesPerSecond'),
        of(peer, 'megabytesPerSecond'),
        { ratioAtLeast: 0.8 },
      ),
      measure(
        'terminal: longest task in the page meanwhile',
        'ms',
        of(ours, 'longestTaskMs'),
        of(peer, 'longestTaskMs'),
        { atMost: 50 },
      ),
    ];
  },
};
