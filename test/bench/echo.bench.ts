/** How soon a keystroke is answered while output floods: in the same terminal, and in another on the same connection. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openTerminal, typeLine } from '../support/app-page.ts';
import { openPage, startBrowser } from '../support/browser.ts';
import { startAppWithServers } from './support/app-with-servers.ts';
import { type Bench, measure, percentile } from './support/measurement.ts';

const samples = 60;
const floodMs = 2000;

/**
 * Asks the terminal where its cursor is, again and again: the question goes the way of an echo and the answer the way
 * of a keystroke, each behind all that is on its way already. One line of milliseconds for each answer.
 */
const askFunction = `
ask() {
  stty -echo
  for ((n = 0; n < ${samples}; n += 1)); do
    local began=$(date +%s%N)
    printf '\\033[6n'
    IFS= read -rsd R
    echo $(( ($(date +%s%N) - began) / 1000 )) >> times.new
    sleep 0.02
  done
  stty echo
  mv times.new "$1"
}
flood() { yes 'step 17 loss=0.42 tokens 8704' & }
`;

export const bench: Bench = {
  name: 'echo',
  async run() {
    const world = await startAppWithServers(1);
    const { home } = world.sshd;
    writeFileSync(join(home, '.bashrc'), askFunction);
    const browser = await startBrowser();
    const page = await openPage(browser);
    await page.goto(await world.app.newLink());

    const ask = async (name: string) => {
      await typeLine(page, `ask ${name}`);
      while (!existsSync(join(home, name))) await sleep(50);
      const microseconds = readFileSync(join(home, name), 'utf8').trim().split('\n').map(Number);
      return percentile(microseconds, 0.99) / 1000;
    };
    await openTerminal(page, 'server-1');
    const quiet = await ask('quiet');
    await typeLine(page, 'flood');
    await sleep(floodMs);
    const same = await ask('same');
    await openTerminal(page, 'server-1');
    const other = await ask('other');
    await browser.close();
    await world.stop();
    return [
      measure('echo: while the same terminal floods, p99 (peer: quiet)', 'ms', same, quiet, {
        atMost: 50,
      }),
      measure('echo: while another terminal floods, p99 (peer: quiet)', 'ms', other, quiet, {
        atMost: 50,
      }),
    ];
  },
};
