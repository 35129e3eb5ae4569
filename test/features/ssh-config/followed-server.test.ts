/** A server that follows a name of OpenSSH's configuration: it goes where the name goes, and nowhere when the name is gone. */
import { appendFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { isRoot } from '../../support/account.ts';
import { type LoginDesk, secretAnswer, startLoginDesk } from '../../support/login-desk.ts';
import { type Sshd, startSshd } from '../../support/sshd.ts';

let first: Sshd;
let second: Sshd;
let desk: LoginDesk;
let instance: string;

beforeAll(async () => {
  [first, second] = await Promise.all([startSshd(), startSshd()]);
  desk = await startLoginDesk();
  for (const [name, { privateKey }] of Object.entries({ first, second })) {
    writeFileSync(inSsh(name), privateKey, { mode: 0o600 });
  }
});
afterAll(async () => {
  await desk.live.close();
  await Promise.all([first.stop(), second.stop()]);
});
beforeEach(async () => {
  configure(hostLines('first', first));
  await hostsSoon().toMatchObject([{ alias: 'box', port: first.port }]);
  instance = await desk.live.addServer({ port: 1, user: 'nobody', configAlias: 'box' });
  return () => desk.leave(instance);
});

const inSsh = (name: string) => join(desk.live.homeDirectory, '.ssh', name);
const hostLines = (key: string, { host, port, user }: Sshd, alias = 'box') =>
  `Host ${alias}\n  HostName ${host}\n  Port ${port}\n  User ${user}\n  IdentityFile ~/.ssh/${key}\n  IdentitiesOnly yes\n`;
const configure = (text: string) => writeFileSync(inSsh('config'), text, { mode: 0o600 });
const hostsSoon = () =>
  expect.poll(async () => (await desk.live.client.call('ssh.configHosts', {})).hosts);
const shown = async () =>
  (await desk.live.client.call('instances.list', {})).items.find(({ key }) => key === instance);
const shownSoon = () => expect.poll(shown);

// Only root can make accounts with passwords.
it.skipIf(!isRoot)(
  'the password remembered for a place is not given to another the name comes to lead to',
  async () => {
    const config = ['UsePAM no'];
    const [here, there] = await Promise.all([startSshd({ config }), startSshd({ config })]);
    const leadTo = async ({ port, user }: Sshd) => {
      configure(`Host place\n  HostName 127.0.0.1\n  Port ${port}\n  User ${user}\n`);
      await hostsSoon().toMatchObject([{ alias: 'place', port }]);
    };
    await leadTo(here);
    const place = { host: '127.0.0.1', port: here.port, user: here.user };
    const server = await desk.live.addServer({ ...place, configAlias: 'place' });
    desk.reply = () => secretAnswer(here.password, true);
    expect(await desk.openTerminal(server)).toBe('open');
    await expect.poll(() => desk.savedSecrets()).toBe(1);
    await leadTo(there);
    desk.clear();
    await desk.openTerminal(server);
    expect(desk.asked).toMatchObject([{ kind: 'password', rejectedBefore: false }]);
    expect(there.log()).not.toContain('Failed password');
    await leadTo(here);
    desk.clear();
    expect(await desk.openTerminal(server)).toBe('open');
    expect(desk.asked).toEqual([]);
    await desk.leave(server);
    expect(await desk.savedSecrets()).toBe(0);
    await Promise.all([here.stop(), there.stop()]);
  },
);

describe('a server that follows a name', () => {
  it('has the place and the keys that the name has', async () => {
    await shownSoon().toMatchObject({
      follows: 'box',
      ssh: { host: '127.0.0.1', port: first.port, user: first.user },
    });
    await hostsSoon().toMatchObject([{ alias: 'box', followed: true }]);
    expect(await desk.openTerminal(instance)).toBe('open');
    expect(desk.asked).toEqual([]);
    expect(first.log()).toContain(`Accepted publickey for ${first.user}`);
  });

  it('goes elsewhere as soon as the name does', async () => {
    configure(hostLines('second', second));
    await shownSoon().toMatchObject({ ssh: { port: second.port, user: second.user } });
    expect(await desk.openTerminal(instance)).toBe('open');
    expect(second.log()).toContain(`Accepted publickey for ${second.user}`);
  });

  it('goes through the machines the name names, each with its own keys', async () => {
    configure(
      `${hostLines('second', second)}  ProxyJump gate\n${hostLines('first', first, 'gate')}`,
    );
    await shownSoon().toMatchObject({ state: { word: 'behind-another' } });
    const before = first.log().length;
    expect(await desk.openTerminal(instance)).toBe('open');
    expect(first.log().slice(before)).toContain('Accepted publickey');
    expect(await desk.live.client.call('ssh.options', { instance })).toMatchObject({
      follows: 'box',
    });
    expect(await desk.live.client.call('ssh.outside', { instance })).toMatchObject({
      command: 'ssh box',
      alias: 'box',
    });
  });

  it.each([
    ['gone', '', 'config-alias-gone'],
    ['led in a circle', 'Host box\n  ProxyJump box\n', 'config-jump-loop'],
  ])('is nowhere once the name is %s, and says so', async (_what, text, rule) => {
    await shownSoon().toMatchObject({ ssh: { port: first.port } });
    if (text === '') rmSync(inSsh('config'));
    else configure(text);
    await expect.poll(async () => (await shown())?.ssh).toBeUndefined();
    expect((await shown())?.state.word).toMatch(/^config-alias-/);
    expect(await desk.openTerminal(instance)).toBe(rule);
    configure(hostLines('first', first));
    await shownSoon().toMatchObject({ ssh: { port: first.port } });
  });

  it('whose host key stands in a file of its own is entered without a question, or not at all', async () => {
    const asked = desk.live.prompts.length;
    const name = `[127.0.0.1]:${second.port}`;
    const key = (of: Sshd) => writeFileSync(inSsh('hosts'), `${name} ${of.hostPublicKey()}\n`);
    configure(
      `${hostLines('second', second)}  HostKeyAlias ${name}\n  UserKnownHostsFile ~/.ssh/hosts\n`,
    );
    await desk.live.client.call('ssh.configHosts', {});
    key(first);
    await shownSoon().toMatchObject({ ssh: { port: second.port } });
    expect(await desk.openTerminal(instance)).toBe('host-key-changed-in-file');
    key(second);
    expect(await desk.openTerminal(instance)).toBe('open');
    expect(desk.live.prompts.length).toBe(asked);
  });

  it('tells the page of every change', async () => {
    let changes = 0;
    desk.live.client.on('ssh.configChanged', () => {
      changes += 1;
    });
    appendFileSync(inSsh('config'), '# a note\n');
    await expect.poll(() => changes).toBeGreaterThan(0);
  });
});
