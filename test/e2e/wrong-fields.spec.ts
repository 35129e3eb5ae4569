/** A form that is sent with something wrong in it takes the keyboard to the first wrong field, wherever that is hidden. */
import { expect, test } from '../support/e2e.ts';
import { goTo, openFiles } from '../support/files-page.ts';
import { openWithServer, serverName } from '../support/live-page.ts';
import { askForTunnel } from '../support/tunnels-page.ts';

test('of a new tunnel, also among the options that are folded away', async ({
  app,
  sshd,
  page,
}) => {
  await openWithServer(page, app, sshd);
  const dialog = await askForTunnel(page);
  const submit = dialog.getByRole('button', { name: 'Open the tunnel' });
  const port = dialog.getByLabel('Port on the instance');
  await submit.click();
  await expect(port).toBeFocused();
  await expect(port).toHaveAccessibleDescription(/Which port\?/);

  await port.fill('8888');
  await dialog.getByText('More options').click();
  const host = dialog.getByLabel('Leads to');
  await host.fill('a host');
  await dialog.getByText('More options').click();
  await expect(host).toBeHidden();
  await submit.click();
  await expect(host).toBeFocused();
  await expect(page.getByRole('row', { name: serverName })).toHaveCount(0);
});

test('of several servers, in the one that is folded up', async ({ app, page }) => {
  await page.goto(app.url);
  const commands = page.getByRole('textbox', { name: 'SSH commands' });
  await commands.fill('ssh ada@192.0.2.1\nssh ada@192.0.2.2');
  await commands.press('Enter');
  const wizard = page.getByRole('dialog', { name: 'Add servers' });
  await wizard.getByRole('button', { name: /^192\.0\.2\.2/ }).click();
  const user = wizard.getByLabel('User');
  await user.fill('');
  await wizard.getByRole('button', { name: /^192\.0\.2\.1/ }).click();
  await expect(user).toHaveValue('ada');
  await wizard.getByRole('button', { name: 'Add 2 servers' }).click();
  await expect(user).toBeFocused();
  await expect(user).toHaveValue('');
});

test('of the connection options', async ({ app, sshd, page }) => {
  await openWithServer(page, app, sshd);
  await page.getByRole('table', { name: 'Instances' }).getByText(serverName).click();
  await page.getByRole('button', { name: 'Connection options…' }).click();
  const options = page.getByRole('dialog', { name: 'Connection options' });
  await options.getByRole('combobox', { name: 'Keepalive' }).selectOption('seconds');
  const seconds = options.getByLabel('Seconds');
  await seconds.fill('0');
  await options.getByRole('button', { name: 'Save' }).click();
  await expect(seconds).toBeFocused();
});

test('of what is asked about files', async ({ app, sshd, page }) => {
  await openWithServer(page, app, sshd);
  await openFiles(page);
  await goTo(page, sshd.home);
  await page.getByRole('button', { name: 'New folder' }).click();
  const folder = page.getByRole('dialog', { name: 'New folder' });
  await folder.getByRole('button', { name: 'Make' }).click();
  await expect(folder.getByLabel('Name')).toBeFocused();
  await page.keyboard.type('results');
  await page.keyboard.press('Enter');

  await page.getByRole('button', { name: 'Permissions', exact: true }).first().click();
  const permissions = page.getByRole('dialog', { name: 'Permissions' });
  const octal = permissions.getByLabel('Octal');
  await octal.fill('');
  await permissions.getByRole('button', { name: 'Set' }).click();
  await expect(octal).toBeFocused();
  await expect(permissions).toContainText('Three or four digits from 0 to 7');
});
