/** The way into an instance, chosen in its dialog: through a jump host, each machine asking for itself. */
import type { Locator, Page } from '@playwright/test';
import { isRoot } from '../support/account.ts';
import { typeLine } from '../support/app-page.ts';
import { expect, test } from '../support/e2e.ts';
import { expectRow, openWithServer, serverName } from '../support/live-page.ts';
import { type Sshd, startSshd } from '../support/sshd.ts';

const withoutPam = { config: ['UsePAM no'] };

const dialog = (page: Page, name: string): Locator => page.getByRole('dialog', { name });

async function openOptions(page: Page): Promise<Locator> {
  await page.getByRole('table', { name: 'Instances' }).getByText(serverName).click();
  await page.getByRole('button', { name: 'Connection options…' }).click();
  const options = dialog(page, 'Connection options');
  await expect(options.getByRole('button', { name: 'Save' })).toBeVisible();
  return options;
}

async function trust(page: Page, title: string, sshd: Sshd, words: string): Promise<void> {
  const question = dialog(page, title);
  await expect(question).toContainText(sshd.hostKeyFingerprint());
  await expect(question).toContainText(words);
  await expect(question.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await question.getByRole('button', { name: 'Trust' }).click();
}

async function givePassword(page: Page, sshd: Sshd): Promise<void> {
  const question = dialog(page, 'Password');
  await expect(question).toContainText(`Password of ${sshd.user}`);
  await question.locator('input[type=password]').fill(sshd.password);
  await page.keyboard.press('Enter');
}

test.describe('a jump host typed into the connection options', () => {
  test.skip(!isRoot, 'only root can make accounts with passwords');

  test('asks for itself, and then the instance behind it asks for itself', async ({
    app,
    page,
  }) => {
    const [bastion, target] = await Promise.all([startSshd(withoutPam), startSshd(withoutPam)]);
    try {
      await openWithServer(page, app, target);
      const options = await openOptions(page);
      await options.getByRole('radio', { name: /Through jump hosts/ }).check();
      await options.getByRole('button', { name: 'Save' }).click();
      await expect(options.getByText('Add a jump host, or choose Direct')).toBeVisible();
      await options
        .getByRole('textbox', { name: 'Add a jump host' })
        .fill(`${bastion.user}@127.0.0.1:${bastion.port}`);
      await page.keyboard.press('Enter');
      await expect(options.getByRole('list', { name: /^Jump hosts/ })).toContainText(
        `${bastion.user}@127.0.0.1:${bastion.port}`,
      );
      await options.getByRole('button', { name: 'Save' }).click();
      await expect(options).toBeHidden();

      const detail = page.getByRole('region', { name: `Details of ${serverName}` });
      await expect(detail).toContainText(`${bastion.user}@127.0.0.1:${bastion.port}`);
      await detail.getByRole('button', { name: 'Terminal' }).click();
      await trust(
        page,
        'Is this the right jump host?',
        bastion,
        `asks on the way to ${serverName}`,
      );
      await givePassword(page, bastion);
      await trust(page, 'Is this the right server?', target, 'A terminal is waiting for this.');
      await givePassword(page, target);

      await page.getByRole('tab', { name: `${serverName} open` }).waitFor();
      await typeLine(page, "unset PROMPT_COMMAND; PS1='$ '; clear; whoami");
      await expectRow(page, target.user);
      await expect
        .poll(target.log)
        .toContain(`Accepted password for ${target.user} from 127.0.0.1`);
      await expect.poll(bastion.log).toContain(`Accepted password for ${bastion.user}`);
    } finally {
      await Promise.all([bastion.stop(), target.stop()]);
    }
  });
});

test('jump hosts are moved and removed by keyboard, and kept in their order', async ({
  app,
  page,
  sshd,
}) => {
  await openWithServer(page, app, sshd);
  const options = await openOptions(page);
  await options.getByRole('radio', { name: /Through jump hosts/ }).check();
  const field = options.getByRole('textbox', { name: 'Add a jump host' });
  for (const place of ['me@a', 'me@b:2222', 'me@c']) {
    await field.fill(place);
    await page.keyboard.press('Enter');
    await expect(field).toHaveValue('');
  }
  const stops = options.getByRole('list', { name: /^Jump hosts/ }).getByRole('listitem');
  const order = async () => (await stops.allInnerTexts()).slice(1, -1).map((text) => text.trim());
  await expect.poll(order).toEqual(['me@a', 'me@b:2222', 'me@c']);

  const up = options.getByRole('button', { name: 'Move me@c nearer to this machine' });
  await up.focus();
  await page.keyboard.press('Enter');
  await expect.poll(order).toEqual(['me@a', 'me@c', 'me@b:2222']);
  await expect(up).toBeFocused();
  await page.keyboard.press('Enter');
  await expect.poll(order).toEqual(['me@c', 'me@a', 'me@b:2222']);
  await options.getByRole('button', { name: 'Remove me@a' }).click();

  // An instance may be no jump host on the way to itself.
  await field.fill(serverName);
  await expect(page.getByRole('listbox').getByRole('option')).toHaveCount(0);
  await page.keyboard.press('Escape');
  await expect(options).toBeVisible();
  await field.fill('');
  await options.getByRole('combobox', { name: 'Keepalive' }).selectOption('Off');
  await options.getByRole('combobox', { name: 'New terminals run in' }).selectOption('tmux');
  await options.getByRole('button', { name: 'Save' }).click();
  await expect(options).toBeHidden();

  await page.getByRole('button', { name: 'Connection options…' }).click();
  await expect.poll(order).toEqual(['me@c', 'me@b:2222']);
  await expect(options.getByRole('combobox', { name: 'Keepalive' })).toHaveValue('off');
  await expect(options.getByRole('combobox', { name: 'New terminals run in' })).toHaveValue('tmux');
});
