/** From starting the process to a list that can be used, beside a bare web server with a static list. */
import type { Browser } from '@playwright/test';
import { addServers } from '../support/add-servers.ts';
import { openPage, startBrowser } from '../support/browser.ts';
import { startChild } from '../support/child.ts';
import { startWebApp } from '../support/web-app.ts';
import { startAppWithServers } from './support/app-with-servers.ts';
import { type Bench, measure, median } from './support/measurement.ts';

const rounds = 7;
const servers = 50;

const bareServer = `
  const rows = Array.from({ length: ${servers} }, (_, index) => '<tr><td>server-' + index + '</td></tr>');
  const page = '<!doctype html><table>' + rows.join('') + '</table>';
  const server = require('node:http').createServer((_, answer) => answer.end(page));
  server.listen(0, '127.0.0.1', () => console.log('http://127.0.0.1:' + server.address().port));
`;

/** @returns milliseconds until a row is seen */
async function showRows(browser: Browser, start: () => Promise<string>): Promise<number> {
  const page = await openPage(browser);
  const startedAt = performance.now();
  await page.goto(await start());
  await page
    .getByRole('row', { name: /server-1\b/ })
    .first()
    .waitFor();
  const tookMs = performance.now() - startedAt;
  await page.close();
  return tookMs;
}

export const bench: Bench = {
  name: 'start',
  async run() {
    const world = await startAppWithServers(0);
    await addServers(
      world.client,
      Array.from({ length: servers }, (_, index) => ({
        name: `server-${index}`,
        host: '127.0.0.1',
        port: 1,
        user: 'root',
      })),
    );
    await world.app.stop();
    const browser = await startBrowser();
    const ours: number[] = [];
    const peer: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      let stop = async () => {};
      ours.push(
        await showRows(browser, async () => {
          const app = await startWebApp({ dataDir: world.app.dataDir, home: world.app.home });
          stop = app.stop;
          return app.url;
        }),
      );
      await stop();
      peer.push(
        await showRows(browser, async () => {
          const server = startChild(process.execPath, ['-e', bareServer]);
          stop = server.stop;
          const [link] = await server.waitFor(/http\S+/);
          return link;
        }),
      );
      await stop();
    }
    await browser.close();
    await world.stop();
    return [measure('start: to a usable list', 'ms', median(ours), median(peer), { atMost: 2000 })];
  },
};
