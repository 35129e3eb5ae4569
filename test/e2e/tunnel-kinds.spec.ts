/** Each kind of tunnel made in the page and used for real, with the questions that belong to it. */
import { run } from '../support/child.ts';
import { expect } from '../support/e2e.ts';
import { freePort } from '../support/free-port.ts';
import { openWithServer } from '../support/live-page.ts';
import { startSshd } from '../support/sshd.ts';
import {
  answerOfWeb,
  askForTunnel,
  chooseInMenu,
  localPort,
  rowOf,
  test,
  textAt,
} from '../support/tunnels-page.ts';

/** Another address of this machine than the ones a tunnel has by itself. */
const elsewhere = '127.0.0.2';

test('a SOCKS5 proxy made in the page carries curl, and its bytes are counted', async ({
  app,
  sshd,
  page,
  web,
}) => {
  await openWithServer(page, app, sshd);
  const dialog = await askForTunnel(page);
  await dialog.getByText('Use the instance as a SOCKS5 proxy').click();
  await dialog.getByLabel('Port on this machine').fill(String(await freePort()));
  await page.keyboard.press('Enter');
  const row = rowOf(page);
  await expect(row).toContainText('SOCKS5 proxy');
  await expect(row).toContainText('up');
  await chooseInMenu(row, 'How to use it…');
  const help = page.getByRole('dialog', { name: 'How to use this tunnel' });
  const line = (await help.getByText(/^curl --proxy/).textContent()) ?? '';
  const [, , proxy = ''] = line.split(' ');
  const answer = await run('curl', ['--silent', '--proxy', proxy, `http://127.0.0.1:${web.port}/`]);
  expect(answer).toBe(answerOfWeb);
  await help.getByRole('button', { name: 'Close' }).click();
  await expect(row.getByText(/^[1-9]\d* B$/).first()).toBeVisible();
});

test('a port of this machine is reached from the instance, and is gone there when the tunnel stops', async ({
  app,
  sshd,
  page,
  web,
}) => {
  const there = await freePort();
  await openWithServer(page, app, sshd);
  const dialog = await askForTunnel(page);
  await dialog.getByText('Let the instance reach a port of this machine').click();
  await dialog.getByLabel('Port on the instance').fill(String(there));
  await dialog.getByLabel('Port on this machine').fill(String(web.port));
  await page.keyboard.press('Enter');
  const row = rowOf(page);
  await expect(row).toContainText('To this machine');
  await expect(row).toContainText('up');
  expect(await textAt(there)).toBe(answerOfWeb);
  await row.getByRole('button', { name: 'Stop' }).click();
  await expect(row).toContainText('stopped');
  await expect(textAt(there)).rejects.toThrow();
});

test('a tunnel whose question was put aside needs you; the foot of the page leads there', async ({
  app,
  page,
  web,
}) => {
  const unknown = await startSshd();
  try {
    await openWithServer(page, app, unknown);
    const dialog = await askForTunnel(page);
    await dialog.getByLabel('Port on the instance').fill(String(web.port));
    await page.keyboard.press('Enter');
    const hostKey = page.getByRole('dialog', { name: 'Is this the right server?' });
    await expect(hostKey).toContainText(unknown.hostKeyFingerprint());
    await page.keyboard.press('Escape');

    await page.getByRole('button', { name: /^Instances/ }).click();
    await page.getByRole('button', { name: 'Show the tunnels: 0 up, 1 needs you' }).click();
    await expect(page.getByRole('tab', { name: 'Needs you 1' })).toHaveAttribute(
      'aria-selected',
      'true',
    );
    const row = rowOf(page);
    await expect(row).toContainText('Press Answer to go on.');
    await row.getByRole('button', { name: 'Answer…' }).click();
    await hostKey.getByRole('button', { name: 'Trust' }).click();
    const password = page.getByRole('dialog', { name: 'Password' });
    await password.getByRole('textbox').fill(unknown.password);
    await page.keyboard.press('Enter');
    await expect(page.getByText('No tunnel needs you.')).toBeVisible();
    await page.getByRole('button', { name: 'Show all tunnels' }).click();
    await expect(row).toContainText('up');
  } finally {
    await unknown.stop();
  }
});

test('a port for others is opened only after saying so, each time', async ({
  app,
  sshd,
  page,
  web,
}) => {
  await openWithServer(page, app, sshd);
  const dialog = await askForTunnel(page);
  await dialog.getByLabel('Port on the instance').fill(String(web.port));
  await dialog.getByText('More options').click();
  await expect(dialog).toContainText('Every user and every program of this machine');
  await dialog.getByText('All addresses of this machine').click();
  await expect(dialog).toContainText('without a password');
  await dialog.getByRole('button', { name: 'Open the tunnel' }).click();
  const question = page.getByRole('dialog', { name: /of this machine to others\?$/ });
  await expect(question.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await question.getByRole('button', { name: 'Open it this once' }).click();
  const row = rowOf(page);
  await expect(row).toContainText('up');
  await expect(row).toContainText('open to others');
  const port = await localPort(row);
  expect(await textAt(port, elsewhere)).toBe(answerOfWeb);

  await row.getByRole('button', { name: 'Stop' }).click();
  await expect(row).toContainText('stopped');
  await row.getByRole('button', { name: 'Start' }).click();
  await question.getByRole('button', { name: 'Cancel' }).click();
  await expect(question).toHaveCount(0);
  await expect(textAt(port, elsewhere)).rejects.toThrow();
});
