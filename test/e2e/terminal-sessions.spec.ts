/** Sessions of tmux and screen that were left behind: found again, entered again, ended. */
import type { Page } from '@playwright/test';
import type { Client } from '../../renderer/client/client.ts';
import { addServers } from '../support/add-servers.ts';
import { typeLine } from '../support/app-page.ts';
import { expect, test } from '../support/e2e.ts';
import { expectRow, openWithServer, serverName } from '../support/live-page.ts';

async function openIn(page: Page, program: 'tmux' | 'screen'): Promise<void> {
  await page.getByRole('button', { name: 'New terminal' }).click();
  await page.getByText(program, { exact: true }).click();
  await page.getByRole('option', { name: serverName, exact: true }).click();
  await page.getByRole('tab', { name: `${serverName} open` }).waitFor();
}

async function openSessions(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'New terminal' }).click();
  await page.getByRole('button', { name: `Sessions on ${serverName}` }).click();
  await expect(page.getByRole('dialog')).toContainText('Sessions on');
}

const sessionOf = async (client: Client): Promise<string> =>
  (await client.call('terminals.list', {})).items[0]?.shellSession ?? 'none';

for (const program of ['tmux', 'screen'] as const) {
  test(`a session of ${program} that was left behind is entered again, and ended after a question`, async ({
    app,
    sshd,
    page,
  }) => {
    const client = await openWithServer(page, app, sshd);
    await openIn(page, program);
    await typeLine(page, "PS1='$ '; clear; kept='in the shell'; echo ready-$((40+2))");
    await expectRow(page, 'ready-42');
    const name = await sessionOf(client);
    await page.getByRole('button', { name: `Close ${serverName}` }).click();
    await expect(page.getByRole('tab', { name: serverName })).toHaveCount(0);

    await openSessions(page);
    const row = page.getByRole('listitem').filter({ hasText: name });
    await expect(row).toContainText('begun by Pilothouse');
    await row.getByRole('button', { name: 'Enter' }).click();
    await page.getByRole('tab', { name: `${serverName} open` }).waitFor();
    await typeLine(page, 'clear; echo still $kept');
    await expectRow(page, 'still in the shell');

    await page.locator('.xterm').click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Sessions on this instance' }).click();
    await expect(row).toContainText(`open in the terminal ${serverName}`);
    await row.getByRole('button', { name: 'End' }).click();
    await expect(row.getByRole('alert')).toContainText('every program that runs in it');
    // By keys alone: whatever goes away leaves the keyboard in the dialog.
    await expect(row.getByRole('button', { name: 'Keep it' })).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(row.getByRole('button', { name: 'End' })).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(row.getByRole('button', { name: 'Keep it' })).toBeFocused();
    await row.getByRole('button', { name: 'End it' }).press('Enter');
    await expect(row).toHaveCount(0);
    await expect(page.getByRole('dialog').getByRole('button', { name: 'Close' })).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(page.locator('.xterm-helper-textarea')).toBeFocused();
    await page.getByRole('tab', { name: `${serverName} closed` }).waitFor();
  });
}

test('a terminal in tmux comes back to its programs by itself, and says how to find them', async ({
  app,
  sshd,
  page,
}) => {
  await openWithServer(page, app, sshd);
  await openIn(page, 'tmux');
  await typeLine(page, "PS1='$ '; clear; kept='in the shell'; echo ready-$((40+2))");
  await expectRow(page, 'ready-42');
  await sshd.down();
  await expect(page.getByText(/Connecting to .* again/)).toBeVisible();
  await sshd.up();
  await page.getByRole('tab', { name: `${serverName} open` }).waitFor();
  await typeLine(page, 'clear; echo still $kept');
  await expectRow(page, 'still in the shell');
  await page.getByRole('button', { name: `Close ${serverName}` }).click();
  await expect(page.getByText(/tmux attach -t pilothouse-[0-9a-f]{12}/)).toBeVisible();
});

test('an instance that cannot be asked is an error, and no empty list', async ({
  app,
  sshd,
  page,
}) => {
  const client = await openWithServer(page, app, sshd);
  await addServers(client, [{ name: 'gone-box', host: sshd.host, port: 1, user: sshd.user }]);
  await page.getByRole('row', { name: /gone-box/ }).waitFor();
  await page.getByRole('button', { name: 'New terminal' }).click();
  await page.getByRole('textbox', { name: 'Open a terminal on…' }).fill('gone');
  await page.getByRole('button', { name: 'Sessions on gone-box' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('alert')).toBeVisible();
  await expect(dialog.getByRole('button', { name: 'Retry' })).toBeVisible();
  await expect(dialog).not.toContainText('Nothing runs');
});
