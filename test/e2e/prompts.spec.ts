/** Questions only a person can answer: who asks is shown, the safe choice comes first, and nothing hostile is more than text. */
import type { Page } from '@playwright/test';
import { expect, test } from '../support/e2e.ts';
import { freePort } from '../support/free-port.ts';
import { openWithServer, serverName } from '../support/live-page.ts';
import { startSshd } from '../support/sshd.ts';
import { startTwoStepServer } from '../support/two-step-server.ts';

async function addServer(page: Page, command: string): Promise<void> {
  await page.getByRole('textbox', { name: 'SSH commands' }).fill(command);
  await page.keyboard.press('Enter');
  await page
    .getByRole('dialog', { name: 'Add servers' })
    .getByRole('button', { name: 'Add server' })
    .click();
}

test('a host key nobody knows is asked about once, with Cancel first and the real fingerprint', async ({
  app,
  page,
}) => {
  const unknown = await startSshd();
  try {
    await page.goto(app.url);
    await addServer(page, `ssh -p ${unknown.port} ${unknown.user}@127.0.0.1`);
    const question = page.getByRole('dialog', { name: 'Is this the right server?' });
    await expect(question).toContainText(unknown.hostKeyFingerprint());
    await expect(question).toContainText(`127.0.0.1:${unknown.port}`);
    await expect(question).toContainText('The check of this server is waiting for this.');
    await expect(question.getByRole('button', { name: 'Cancel' })).toBeFocused();
    await page.keyboard.press('Escape');

    const wizard = page.getByRole('dialog', { name: 'Add servers' });
    await expect(
      wizard.getByText('The host key was not trusted, so nothing was sent.'),
    ).toBeVisible();
    await wizard.getByRole('button', { name: 'Done' }).click();

    const detail = page.getByRole('region', { name: /Details of/ });
    await expect(detail.getByText('none trusted yet')).toBeVisible();
    await detail.getByRole('button', { name: 'Check' }).click();
    await question.getByRole('button', { name: 'Trust' }).click();
    await expect(page.getByText(/Host key trusted: ssh-ed25519/)).toBeVisible();
    await expect(detail.getByText(unknown.hostKeyFingerprint())).toBeVisible();

    await expect(page.getByText(/Host key trusted: ssh-ed25519/)).toBeHidden();
    await detail.getByRole('button', { name: 'Check' }).click();
    await expect(page.getByText(/Host key trusted: ssh-ed25519/)).toBeVisible();
    await expect(question).toBeHidden();
  } finally {
    await unknown.stop();
  }
});

test('the questions of a server are shown as its words, hostile ones without harm', async ({
  app,
  page,
}) => {
  const server = await startTwoStepServer({ user: 'me', answers: ['pass', '123456'] });
  try {
    await page.goto(app.url);
    await addServer(page, `ssh -p ${server.port} me@127.0.0.1`);
    await page
      .getByRole('dialog', { name: 'Is this the right server?' })
      .getByRole('button', { name: 'Trust' })
      .click();
    await page.getByRole('button', { name: 'Done' }).click();

    server.say(`\u202e<img src=x onerror="document.title=1">\u001b[2J${'A'.repeat(2000)}`);
    const detail = page.getByRole('region', { name: /Details of/ });
    await detail.getByRole('button', { name: 'Terminal' }).click();
    const question = page.getByRole('dialog', { name: 'The server asks' });
    await expect(question).toContainText('A terminal is waiting for this.');
    await expect(question).toContainText('·<img src=x onerror="document.title=1">·[2JAAA');
    expect(await page.title()).toBe('Pilothouse');
    const box = await question.boundingBox();
    expect(box?.width).toBeLessThan(500);
    expect(box?.height).toBeLessThan(700);

    const [password, code] = [
      question.locator('input[type=password]'),
      question.locator('input:not([type=password])'),
    ];
    await password.fill('pass');
    await code.fill('123456');
    await page.keyboard.press('Enter');
    await expect(question).toBeHidden();
    await expect.poll(() => server.given()).toContainEqual(['pass', '123456']);
  } finally {
    await server.stop();
  }
});

test('a one-time code may be offered by the system, a password may not', async ({ app, page }) => {
  const server = await startTwoStepServer({ user: 'me', answers: ['pass', '123456'] });
  try {
    await page.goto(app.url);
    await addServer(page, `ssh -p ${server.port} me@127.0.0.1`);
    await page.getByRole('button', { name: 'Trust' }).click();
    await page.getByRole('button', { name: 'Done' }).click();
    await page
      .getByRole('region', { name: /Details of/ })
      .getByRole('button', { name: 'Terminal' })
      .click();
    const question = page.getByRole('dialog', { name: 'The server asks' });
    await expect(question).toContainText('Have the code at hand.');
    await expect(question.getByLabel('Password:')).toHaveAttribute('autocomplete', 'off');
    await expect(question.getByLabel('Code:')).toHaveAttribute('autocomplete', 'one-time-code');
    await page.keyboard.press('Escape');
    await expect(question).toBeHidden();
    // Cancel means stop: nothing is asked a second time.
    await expect(page.getByRole('tab', { name: /needs you|ended|failed|closed/i })).toBeVisible();
    expect(server.given()).toEqual([]);
  } finally {
    await server.stop();
  }
});

test('several questions come one at a time, and say how many more there are', async ({
  app,
  page,
}) => {
  const servers = await Promise.all([startSshd(), startSshd()]);
  try {
    await page.goto(app.url);
    const lines = servers.map(({ port, user }) => `ssh -p ${port} ${user}@127.0.0.1`);
    await page.getByRole('textbox', { name: 'SSH commands' }).fill(lines.join('\n'));
    await page.getByRole('button', { name: 'Add 2 servers' }).click();
    const wizard = page.getByRole('dialog', { name: 'Add servers' });
    await wizard.getByRole('button', { name: 'Add 2 servers' }).click();
    const question = page.getByRole('dialog', { name: 'Is this the right server?' });
    await expect(question).toHaveCount(1);
    await expect(question).toContainText('1 more');
    await question.getByRole('button', { name: 'Trust' }).click();
    await expect(question).not.toContainText('1 more');
    await expect(question).toHaveCount(1);
    await expect(question.getByRole('button', { name: 'Cancel' })).toBeFocused();
    await question.getByRole('button', { name: 'Trust' }).click();
    await expect(question).toBeHidden();
    await expect(wizard.getByText(/Host key trusted/)).toHaveCount(2);
  } finally {
    await Promise.all(servers.map((server) => server.stop()));
  }
});

test('a port for others is opened only after a yes that says who can reach it and where it leads', async ({
  app,
  page,
  sshd,
}) => {
  const client = await openWithServer(page, app, sshd);
  const [instance] = (await client.call('instances.list', {})).items;
  const localPort = await freePort();
  const open = () =>
    client.call('tunnels.open', {
      instance: instance?.key ?? '',
      kind: 'local',
      name: '',
      remoteHost: '127.0.0.1',
      remotePort: sshd.port,
      localHost: '127.0.0.1',
      localPort,
      bindAddress: '0.0.0.0',
      startsWithApp: false,
    });
  const question = page.getByRole('dialog', {
    name: `Open port ${localPort} of this machine to others?`,
  });
  const refused = open().catch((error: unknown) => error);
  await expect(question).toContainText(serverName);
  await expect(question).toContainText('Every device on every network this machine is in');
  await expect(question).toContainText(`0.0.0.0:${localPort} on this machine`);
  await expect(question).toContainText(`127.0.0.1:${sshd.port}`);
  await expect(question.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(question).toBeHidden();
  await refused;
  expect((await client.call('tunnels.list', {})).items.map(({ state }) => state)).not.toContain(
    'up',
  );
});
