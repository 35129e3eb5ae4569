/** Hosts of OpenSSH's own configuration: chosen once, followed from then on, and a command of theirs only after a yes. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { run } from '../support/child.ts';
import { expect, test } from '../support/e2e.ts';
import { openWithServer, serverName } from '../support/live-page.ts';
import { startSshd } from '../support/sshd.ts';
import type { WebApp } from '../support/web-app.ts';

function writeConfig(app: WebApp, lines: readonly string[]): void {
  writeFileSync(join(app.home, '.ssh/config'), `${lines.join('\n')}\n`, { mode: 0o600 });
}

const detailOf = (page: Page, name: string) =>
  page.getByRole('region', { name: `Details of ${name}` });

/** Follows every host there is; nothing is connected to yet. */
async function followAll(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Follow the .*host.* of ~\/.ssh\/config…$/ }).click();
  const hosts = page.getByRole('dialog', { name: 'Hosts of ~/.ssh/config' });
  await hosts.getByRole('checkbox', { name: /^Select all/ }).check();
  await hosts.getByRole('button', { name: /^Follow/ }).click();
  await expect(hosts).toBeHidden();
}

test('a newcomer follows the hosts of the configuration, and a change there holds here', async ({
  app,
  page,
  sshd,
}) => {
  const other = await startSshd();
  const place = (port: number) => [
    'Host gpu-1',
    '  HostName 127.0.0.1',
    `  Port ${port}`,
    `  User ${sshd.user}`,
    'Match exec "touch /tmp/never"',
    '  User nobody',
    'Host *.example',
    '  Compression yes',
  ];
  try {
    writeConfig(app, place(sshd.port));
    await page.goto(app.url);
    await followAll(page);
    await page.getByRole('button', { name: 'Check them now' }).click();
    const wizard = page.getByRole('dialog', { name: 'Add servers' });
    await expect(wizard.getByText(/Host key trusted: ssh-ed25519/)).toBeVisible();
    await wizard.getByRole('button', { name: 'Done' }).click();

    const detail = detailOf(page, 'gpu-1');
    await expect(detail.getByText('gpu-1 in ~/.ssh/config')).toBeVisible();
    await expect(detail.getByText(String(sshd.port), { exact: true })).toBeVisible();
    await detail.getByRole('button', { name: 'Terminal' }).click();
    await page.getByRole('tab', { name: 'gpu-1 open' }).waitFor();

    writeConfig(app, place(other.port));
    await expect(detail.getByText(String(other.port), { exact: true })).toBeVisible();

    await detail.getByRole('button', { name: 'More actions' }).click();
    await page.getByRole('menuitem', { name: 'Edit' }).click();
    const edit = page.getByRole('dialog', { name: 'Edit server' });
    await expect(edit.getByText('Follows gpu-1 in ~/.ssh/config.')).toBeVisible();
    await expect(edit.getByRole('textbox', { name: 'Host' })).not.toBeEditable();
    await edit.getByRole('button', { name: 'Stop following' }).click();
    await expect(edit.getByRole('textbox', { name: 'Host' })).toBeEditable();
    await edit.getByRole('button', { name: 'Save' }).click();
    await expect(detail.getByText('gpu-1 in ~/.ssh/config')).toBeHidden();
  } finally {
    await other.stop();
  }
});

test('a followed name that leaves the configuration says so, and leads nowhere', async ({
  app,
  page,
  sshd,
}) => {
  writeConfig(app, ['Host gpu-1', '  HostName 127.0.0.1', `  Port ${sshd.port}`]);
  await page.goto(app.url);
  await followAll(page);
  await page.getByRole('button', { name: 'Done' }).click();
  writeConfig(app, ['Host gpu-2', '  HostName 127.0.0.1']);
  await expect(
    detailOf(page, 'gpu-1').getByText(/gpu-1 no longer stands in ~\/.ssh\/config/),
  ).toBeVisible();
});

test('a proxy command is shown whole, not run when refused, and run once allowed', async ({
  app,
  page,
  sshd,
}) => {
  const script = join(app.home, 'via.mjs');
  const ran = join(app.home, 'ran');
  writeFileSync(
    script,
    `import { connect } from 'node:net';
     import { appendFileSync } from 'node:fs';
     appendFileSync(${JSON.stringify(ran)}, 'ran\\n');
     const socket = connect(Number(process.argv[2]), '127.0.0.1');
     process.stdin.pipe(socket).pipe(process.stdout);`,
  );
  const command = `${process.execPath} ${script} ${sshd.port}`;
  writeConfig(app, [
    'Host corp',
    '  HostName 127.0.0.1',
    `  Port ${sshd.port}`,
    `  User ${sshd.user}`,
    `  ProxyCommand ${process.execPath} ${script} %p`,
  ]);
  await page.goto(app.url);
  await followAll(page);
  await page.getByRole('button', { name: 'Check them now' }).click();
  const question = page.getByRole('dialog', { name: 'Run this command on this machine?' });
  await expect(question.getByRole('region', { name: 'The command' })).toHaveText(command);
  await expect(question.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await page.keyboard.press('Enter');
  const wizard = page.getByRole('dialog', { name: 'Add servers' });
  await expect(
    wizard.getByText('The proxy command was not allowed, so nothing was run.'),
  ).toBeVisible();
  expect(() => writeFileSync(ran, '', { flag: 'wx' })).not.toThrow();
  await wizard.getByRole('button', { name: 'Done' }).click();

  const detail = detailOf(page, 'corp');
  await detail.getByRole('button', { name: 'Terminal' }).click();
  await question.getByRole('button', { name: 'Allow for this host and this command' }).click();
  await page.getByRole('tab', { name: 'corp open' }).waitFor();

  await detail.getByRole('button', { name: 'Connection options…' }).click();
  const options = page.getByRole('dialog', { name: 'Connection options' });
  await expect(options.getByRole('region', { name: /^Proxy command/ })).toHaveText(command);
  await expect(options.getByText('allowed', { exact: true })).toBeVisible();
  await options.getByRole('button', { name: 'Ask again' }).click();
  await expect(options.getByText(/^not allowed yet/)).toBeVisible();
});

test('instances have names for any terminal while that is switched on, and one line is all it takes', async ({
  app,
  page,
  sshd,
}) => {
  const configFile = join(app.home, '.ssh/config');
  const before = '# mine\nHost other\n  Port 2200\n';
  writeFileSync(configFile, before, { mode: 0o600 });
  await openWithServer(page, app, sshd);
  await page.getByRole('button', { name: 'Settings' }).click();
  const section = page.getByRole('region', { name: 'SSH' });
  const onOff = section.getByRole('switch', { name: 'Names for any terminal' });
  const line = await section.getByText(/^Include /).innerText();
  await section.getByText('Names for any terminal').scrollIntoViewIfNeeded();
  await onOff.press('Space');
  await expect(section.getByText('1 instance has a name there.')).toBeVisible();
  const after = readFileSync(configFile, 'utf8');
  expect(after).toContain(line);
  expect(after).toContain(before);
  const resolved = await run('ssh', ['-F', configFile, '-G', serverName]);
  expect(resolved).toMatch(new RegExp(`^port ${sshd.port}$`, 'm'));
  expect(resolved).toMatch(new RegExp(`^user ${sshd.user}$`, 'm'));

  await page.getByRole('button', { name: 'Instances' }).click();
  await page.getByRole('table', { name: 'Instances' }).getByText(serverName).click();
  const detail = detailOf(page, serverName);
  await expect(detail.getByText(`ssh ${serverName}`, { exact: true })).toBeVisible();
  await expect(detail.getByRole('link', { name: 'Open in VS Code' })).toHaveAttribute(
    'href',
    `vscode://vscode-remote/ssh-remote+${serverName}/`,
  );

  await page.getByRole('button', { name: 'Settings' }).click();
  await onOff.press('Space');
  await expect.poll(() => readFileSync(configFile, 'utf8')).toBe(before);
});
