/** A deep link shows an instance and does nothing else, whatever it names. */
import { addServers } from '../support/add-servers.ts';
import { expect, test } from '../support/e2e.ts';
import { clientOn, joinWebHost } from '../support/join-web-host.ts';

test('a deep link opens the detail of its instance and leaves the address bar; a hostile one opens nothing', async ({
  app,
  page,
}) => {
  const client = clientOn(await joinWebHost(app.url));
  const there = { host: '127.0.0.1', port: 9, user: 'root' };
  const [, second = ''] = await addServers(client, [
    { ...there, name: 'first' },
    { ...there, name: 'second' },
  ]);
  await page.goto(await app.newLink());
  await page.getByRole('table', { name: 'Instances' }).waitFor();
  const follow = (fragment: string) =>
    page.evaluate((hash) => {
      location.hash = hash;
    }, fragment);

  await follow('#/instances/%3Cscript%3Ealert(1)%3C%2Fscript%3E');
  await follow('#/terminals/open');
  await expect(page.getByRole('region', { name: /^Details of/ })).toHaveCount(0);

  await follow(`#/instances/${encodeURIComponent(second)}`);
  await expect(page.getByRole('region', { name: 'Details of second' })).toBeVisible();
  await expect(page).toHaveURL(`http://127.0.0.1:${app.port}/`);
  expect((await client.call('terminals.list', {})).items).toEqual([]);
});
