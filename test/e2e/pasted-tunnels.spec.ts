/** A pasted command with tunnels in it: the server is added, its tunnels are offered, and a press opens one. */
import { expect } from '../support/e2e.ts';
import { freePort } from '../support/free-port.ts';
import { answerOfWeb, showTunnels, test, textAt } from '../support/tunnels-page.ts';

test('the tunnels of a pasted command are offered, opened by a press, and kept', async ({
  app,
  sshd,
  page,
  web,
}) => {
  const [port, proxyPort] = [await freePort(), await freePort()];
  await page.goto(app.url);
  const field = page.getByRole('textbox', { name: 'SSH commands' });
  await field.fill(
    `ssh -N -L ${port}:localhost:${web.port} -D ${proxyPort} -p ${sshd.port} ${sshd.user}@127.0.0.1`,
  );
  await expect(page.getByText('offered once the server is added')).toBeVisible();
  await page.keyboard.press('Enter');
  const wizard = page.getByRole('dialog', { name: 'Add servers' });
  await wizard.getByLabel('Name').fill('first-box');
  await wizard.getByRole('button', { name: 'Add server' }).click();

  const offers = wizard.getByRole('region', { name: 'Tunnels of the pasted commands' });
  const [toWeb, proxy] = [
    offers.getByRole('listitem').filter({ hasText: `:${web.port}` }),
    offers.getByRole('listitem').filter({ hasText: 'anywhere' }),
  ];
  await expect(proxy.getByRole('button', { name: 'Open' })).toBeVisible();
  await expect(textAt(port)).rejects.toThrow();
  await toWeb.getByRole('button', { name: 'Open' }).click();
  await expect(toWeb).toContainText('opened');
  await page.keyboard.press('Tab');
  await expect(proxy.getByRole('button', { name: 'Open' })).toBeFocused();
  // Held open until the tunnel is up.
  await expect.poll(() => textAt(port), { timeout: 30_000 }).toBe(answerOfWeb);

  await expect(wizard.getByText('1 of 1 server checked')).toBeVisible();
  await wizard.getByRole('button', { name: 'Done' }).click();
  await showTunnels(page);
  const rows = page.getByRole('row', { name: 'first-box' });
  await expect(rows).toHaveCount(1);
  await expect(rows).toContainText('up');
});

test('a port that is taken is said, and another is a press away', async ({
  app,
  sshd,
  page,
  web,
}) => {
  await page.goto(app.url);
  const field = page.getByRole('textbox', { name: 'SSH commands' });
  await field.fill(
    `ssh -L ${web.port}:127.0.0.1:${web.port} -p ${sshd.port} ${sshd.user}@127.0.0.1`,
  );
  await page.keyboard.press('Enter');
  const wizard = page.getByRole('dialog', { name: 'Add servers' });
  await wizard.getByRole('button', { name: 'Add server' }).click();
  const offers = wizard.getByRole('region', { name: 'Tunnels of the pasted commands' });
  await offers.getByRole('button', { name: 'Open' }).click();
  await expect(offers.getByRole('alert')).toContainText(`Port ${web.port} on this machine`);
  await offers.getByRole('button', { name: /^Use port \d+$/ }).click();
  await expect(offers).toContainText('opened');
});

test('a tunnel that cannot come up is not said to be well', async ({ app, sshd, page, web }) => {
  await page.goto(app.url);
  const field = page.getByRole('textbox', { name: 'SSH commands' });
  // By this name its key is not known.
  await field.fill(
    `ssh -L ${await freePort()}:127.0.0.1:${web.port} -p ${sshd.port} ${sshd.user}@localhost`,
  );
  await page.keyboard.press('Enter');
  const wizard = page.getByRole('dialog', { name: 'Add servers' });
  await wizard.getByRole('button', { name: 'Add server' }).click();
  const question = page.getByRole('dialog', { name: 'Is this the right server?' });
  const refuse = async () => {
    await question.waitFor();
    await page.keyboard.press('Escape');
    await expect(question).toBeHidden();
  };
  await refuse();
  const offers = wizard.getByRole('region', { name: 'Tunnels of the pasted commands' });
  await offers.getByRole('button', { name: 'Open' }).click();
  await refuse();
  await expect(offers.getByRole('status')).toHaveText('needs you');
});
