/** A keystroke in the filter of 10,000 instances, to its paint, beside the barest page that can do it. */
import type { Page } from '@playwright/test';
import { addServers } from '../support/add-servers.ts';
import { openPage, startBrowser } from '../support/browser.ts';
import { startAppWithServers } from './support/app-with-servers.ts';
import { type Bench, measure, median, percentile } from './support/measurement.ts';
import { keyToPaint, watchPaint } from './support/paint-time.ts';

const count = 10_000;
/** The frame limit of a page is 1 MiB. */
const batch = 2000;
const text = 'server-77';
const budget = { atMost: 50 };

/** The same rows as plain text, filtered by `includes`, the first thirty in the DOM. */
const barePage = `<!doctype html><input autofocus><table></table><script>
  const names = Array.from({ length: ${count} }, (_, index) => 'server-' + index + ' 127.0.0.1');
  const table = document.querySelector('table');
  const draw = (wanted) => table.replaceChildren(...names.filter((name) => name.includes(wanted))
    .slice(0, 30).map((name) => { const row = table.insertRow(); row.insertCell().textContent = name; return row; }));
  document.querySelector('input').oninput = (event) => draw(event.target.value);
  draw('');
</script>`;

/** @returns how long each keystroke took that changed anything, in milliseconds */
async function typeAndErase(page: Page): Promise<readonly number[]> {
  await watchPaint(page);
  const times: number[] = [];
  for (const key of [...text, ...Array.from(text, () => 'Backspace')]) {
    times.push(await keyToPaint(page, key));
  }
  return times.filter((time) => time > 0);
}

export const bench: Bench = {
  name: 'filter',
  async run() {
    const world = await startAppWithServers(0);
    for (let first = 0; first < count; first += batch) {
      await addServers(
        world.client,
        Array.from({ length: batch }, (_, index) => ({
          name: `server-${first + index}`,
          host: '127.0.0.1',
          port: 1,
          user: 'root',
        })),
      );
    }
    const browser = await startBrowser();
    const page = await openPage(browser);
    await page.goto(await world.app.newLink());
    await page
      .getByRole('row', { name: /server-/ })
      .first()
      .waitFor();
    // The first look at every server is over and its answers are drawn.
    await page.waitForTimeout(5000);
    await page.getByRole('search').getByRole('textbox').click();
    const ours = await typeAndErase(page);
    await page.close();
    await world.stop();

    const bare = await openPage(browser);
    await bare.setContent(barePage);
    await bare.locator('input').click();
    const peer = await typeAndErase(bare);
    await browser.close();
    const line = (name: string, of: (times: readonly number[]) => number) =>
      measure(`filter: keystroke to paint, 10,000 rows, ${name}`, 'ms', of(ours), of(peer), budget);
    return [line('median', median), line('95 of 100', (times) => percentile(times, 0.95))];
  },
};
