/** The test house itself: what every other test stands on really behaves as it says. */
import { readdirSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import ssh2, { type ClientChannel, type ConnectConfig } from 'ssh2';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isRoot } from './account.ts';
import { startEndlessBanner, startHoneypot, startHttpInstead } from './hostile-servers.ts';
import { startJupyter } from './jupyter.ts';
import { startProxy } from './proxy.ts';
import { type Sshd, startSshd } from './sshd.ts';

let sshd: Sshd;
beforeAll(async () => {
  sshd = await startSshd();
});
afterAll(() => sshd.stop());

function login(config: ConnectConfig): Promise<ssh2.Client> {
  return new Promise((resolve, reject) => {
    const client = new ssh2.Client();
    client.on('ready', () => resolve(client)).on('error', reject);
    client.connect({ host: '127.0.0.1', port: sshd.port, username: sshd.user, ...config });
  });
}

async function execute(client: ssh2.Client, command: string): Promise<string> {
  const channel = await new Promise<ClientChannel>((resolve, reject) =>
    client.exec(command, (error, opened) => (error ? reject(error) : resolve(opened))),
  );
  let output = '';
  for await (const bytes of channel) output += bytes;
  return output;
}

describe('the real sshd', () => {
  test('lets the key in, and the account is its own', async () => {
    const client = await login({ privateKey: sshd.privateKey });
    expect(await execute(client, 'echo "$USER $HOME $LANG"')).toBe(
      `${sshd.user} ${sshd.home} C.UTF-8\n`,
    );
    client.end();
  });

  test.runIf(isRoot)('lets the password in, and refuses another', async () => {
    (await login({ password: sshd.password })).end();
    await expect(login({ password: 'wrong' })).rejects.toThrow(/authentication/i);
    expect(sshd.log()).toContain('Failed password');
  });

  test.runIf(isRoot)('asks through keyboard-interactive when told to', async () => {
    const asking = await startSshd({
      config: ['KbdInteractiveAuthentication yes', 'PasswordAuthentication no'],
    });
    const client = new ssh2.Client();
    const ready = new Promise<void>((resolve, reject) =>
      client.on('ready', resolve).on('error', reject),
    );
    client.on('keyboard-interactive', (_name, _text, _language, prompts, answer) =>
      answer(prompts.map(() => asking.password)),
    );
    client.connect({
      host: asking.host,
      port: asking.port,
      username: asking.user,
      tryKeyboard: true,
    });
    await ready;
    client.end();
    await asking.stop();
  });

  test('keeps its port and changes its key', async () => {
    const before = sshd.hostKeyFingerprint();
    const client = await login({ privateKey: sshd.privateKey });
    const lost = new Promise<void>((resolve) => client.on('error', () => {}).on('close', resolve));
    await sshd.changeHostKey();
    await lost;
    expect(sshd.hostKeyFingerprint()).not.toBe(before);
    (await login({ privateKey: sshd.privateKey })).end();
  });
});

test('the real Jupyter leaves its runtime file in the home of the account', async () => {
  const jupyter = await startJupyter({ account: sshd.account });
  const files = readdirSync(join(sshd.home, '.local/share/jupyter/runtime'));
  expect(files.some((name) => /^(nb|jp)server-\d+\.json$/.test(name))).toBe(true);
  const status = `${jupyter.baseUrl}api/status`;
  expect((await fetch(status)).status).toBe(403);
  expect((await fetch(`${status}?token=${jupyter.token}`)).status).toBe(200);
  await jupyter.stop();
});

test('a frozen proxy passes nothing and a thawed one passes it all', async () => {
  const server = await startHttpInstead();
  const proxy = await startProxy(server.port);
  proxy.freeze();
  const socket = connect(proxy.port, '127.0.0.1');
  let received = '';
  socket.on('data', (bytes) => {
    received += bytes;
  });
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(received).toBe('');
  proxy.thaw();
  await expect.poll(() => received).toContain('HTTP/1.1 400');
  socket.destroy();
  await proxy.stop();
  await server.stop();
});

test('the honeypot remembers the password, the banner has no end', async () => {
  const honeypot = await startHoneypot();
  await expect(login({ port: honeypot.port, password: 'hunter2' })).rejects.toThrow();
  expect(honeypot.passwords()).toContain('hunter2');
  await honeypot.stop();
  const banner = await startEndlessBanner(1000);
  const socket = connect(banner.port, '127.0.0.1');
  const bytes = await new Promise<Buffer>((resolve) => socket.once('data', resolve));
  expect(bytes.toString().startsWith('AAAA')).toBe(true);
  await banner.stop();
});
