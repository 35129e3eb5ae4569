/** Keys: made here, installed on a machine that is entered by password, and used from then on. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isRoot } from '../support/account.ts';
import { expect, test } from '../support/e2e.ts';
import { openWithServer, serverName } from '../support/live-page.ts';
import { startSshd } from '../support/sshd.ts';

test('a key is made, installed by password, and opens the door from then on', async ({
  app,
  page,
}) => {
  test.skip(!isRoot, 'only root can make an account with a password');
  const target = await startSshd({
    config: ['UsePAM no', 'AuthorizedKeysFile .ssh/authorized_keys'],
  });
  try {
    await openWithServer(page, app, target);
    await page.getByRole('table', { name: 'Instances' }).getByText(serverName).click();
    await page.getByRole('button', { name: 'Install key…' }).click();
    const install = page.getByRole('dialog', { name: 'Install a key' });
    await install.getByRole('button', { name: 'Make a key…' }).click();
    const make = page.getByRole('dialog', { name: 'Make a key' });
    await make.getByRole('textbox', { name: 'File name' }).fill('fresh');
    await make.getByRole('textbox', { name: 'Comment' }).fill('me@desk');
    await page.keyboard.press('Enter');
    await expect(make).toBeHidden();
    await expect(install.getByRole('radio', { name: /fresh/ })).toBeChecked();
    await install.getByRole('button', { name: 'Install' }).click();

    await page.getByRole('button', { name: 'Trust' }).click();
    const password = page.getByRole('dialog', { name: 'Password' });
    await password.locator('input[type=password]').fill(target.password);
    await page.keyboard.press('Enter');

    const works = page.getByRole('dialog', { name: 'The key works' });
    await expect(works).toContainText(`fresh was installed and opens ${serverName}.`);
    const publicKey = readFileSync(join(app.home, '.ssh/fresh.pub'), 'utf8').trim();
    expect(readFileSync(join(target.home, '.ssh/authorized_keys'), 'utf8')).toContain(publicKey);
    await works.getByRole('button', { name: 'Use it from now on' }).click();
    await expect(page.getByText(`${serverName} is entered with fresh from now on`)).toBeVisible();

    await page.getByRole('tab', { name: 'Config' }).click();
    await expect(page.getByRole('tabpanel')).toContainText('fresh');
    target.dropSessions();
    const before = target.log().length;
    await page.getByRole('tab', { name: 'Access' }).click();
    await page.getByRole('tabpanel').getByRole('button', { name: 'Terminal' }).click();
    await page.getByRole('tab', { name: `${serverName} open` }).waitFor();
    const log = () => target.log().slice(before);
    await expect.poll(log).toContain(`Accepted publickey for ${target.user}`);
    expect(log()).not.toContain('password');
  } finally {
    await target.stop();
  }
});

test('settings list the keys, prefer one for an account, and colour its terminals', async ({
  app,
  page,
  sshd,
}) => {
  const client = await openWithServer(page, app, sshd);
  await page.getByRole('button', { name: 'Settings' }).click();
  const section = page.getByRole('region', { name: 'SSH' });
  await expect(section.getByText('id_ed25519')).toBeVisible();
  await section.getByRole('button', { name: 'Make a key…' }).click();
  const make = page.getByRole('dialog', { name: 'Make a key' });
  await make.getByLabel('Passphrase', { exact: true }).fill('one');
  await make.getByLabel('The same once more').fill('two');
  await page.keyboard.press('Enter');
  await expect(make.getByText('The two are not the same')).toBeVisible();
  await make.getByLabel('The same once more').fill('one');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Key pilothouse_ed25519 made')).toBeVisible();
  await expect(section.getByText('pilothouse_ed25519', { exact: true })).toBeVisible();

  await page
    .getByRole('combobox', { name: 'Default key of Own servers' })
    .selectOption('pilothouse_ed25519');
  const colours = page.getByRole('radiogroup', { name: 'Colour of Own servers' });
  await colours.getByRole('radio', { name: 'None' }).focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await expect(colours.getByRole('radio', { name: 'Red' })).toBeChecked();
  await expect
    .poll(async () => (await client.call('accounts.list', {})).items[0])
    .toMatchObject({ defaultKey: 'pilothouse_ed25519', colour: 'red' });
});
