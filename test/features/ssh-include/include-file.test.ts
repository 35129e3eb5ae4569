/** The managed file at work: `ssh my-instance` in a terminal opens the instance and asks nothing. */
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { run } from '../../support/child.ts';
import { type LiveCore, startLiveCore } from '../../support/live-core.ts';
import { type Sshd, startSshd } from '../../support/sshd.ts';

let sshd: Sshd;
let hop: Sshd;
let live: LiveCore;
beforeAll(async () => {
  [sshd, hop] = await Promise.all([startSshd(), startSshd()]);
});
afterAll(() => Promise.all([sshd.stop(), hop.stop()]));
beforeEach(async () => {
  live = await startLiveCore({ answer: () => ({ kind: 'trust' }) });
  for (const [name, server] of Object.entries({ target: sshd, hop })) {
    writeFileSync(inSsh(name), server.privateKey, { mode: 0o600 });
  }
});
afterEach(() => live.close());

const inSsh = (name: string) => join(live.homeDirectory, '.ssh', name);
const config = () => readFileSync(inSsh('config'), 'utf8');
const switchTo = (on: boolean) => live.client.call('ssh.setIncludeFile', { on });
const outside = (instance: string) => live.client.call('ssh.outside', { instance });
const addTarget = (changes: object = {}) =>
  live.addServer({
    name: 'My Target',
    port: sshd.port,
    user: sshd.user,
    login: { kind: 'key', keyName: 'target' },
    ...changes,
  });
/** Trusts the host key the way the page does. */
const check = (instance: string) =>
  live.client.call('actions.run', {
    account: 'servers',
    action: 'check-server',
    instance,
    input: {},
  });
/** Nothing may be asked: there is nobody to answer. */
const ssh = (alias: string, command: string) =>
  run('ssh', ['-F', inSsh('config'), '-o', 'BatchMode=yes', alias, command]);

describe('switched on', () => {
  it('the file leads to an instance by its name, with nothing asked', async () => {
    const instance = await addTarget();
    await check(instance);
    const state = await switchTo(true);
    expect(state).toMatchObject({ on: true, aliases: 1, configPath: inSsh('config') });
    expect(state.problem).toBeUndefined();
    expect(config()).toBe(`${state.line}\n`);
    expect(statSync(state.path).mode & 0o777).toBe(0o600);
    expect(await outside(instance)).toEqual({
      alias: 'my-target',
      command: 'ssh my-target',
      vscodeUrl: 'vscode://vscode-remote/ssh-remote+my-target/',
    });
    expect(await ssh('my-target', 'echo inside')).toBe('inside\n');
  });

  it('it leads through jump hosts', async () => {
    const jumps = [{ host: '127.0.0.1', port: hop.port, user: hop.user }];
    const hopServer = await live.addServer({
      name: 'gate',
      port: hop.port,
      user: hop.user,
      login: { kind: 'key', keyName: 'hop' },
    });
    const instance = await addTarget();
    await check(hopServer);
    await check(instance);
    const { options } = await live.client.call('ssh.options', { instance });
    await live.client.call('ssh.setOptions', {
      instance,
      options: { ...options, jumps: [{ kind: 'instance', instance: hopServer }] },
    });
    const { path } = await switchTo(true);
    expect(readFileSync(path, 'utf8')).toContain('ProxyJump gate\n');
    // The inner ssh must read the same file: ssh hands -F on.
    expect(await ssh('my-target', 'echo inside')).toBe('inside\n');
    expect(sshd.log()).toMatch(/Accepted publickey/);
    await live.client.call('ssh.setOptions', {
      instance,
      options: { ...options, jumps: jumps.map((jump) => ({ kind: 'address' as const, ...jump })) },
    });
    await expect.poll(() => readFileSync(path, 'utf8')).toContain('ProxyJump my-target-via-1\n');
  });

  it('it keeps up with the fleet', async () => {
    const { path } = await switchTo(true);
    expect(readFileSync(path, 'utf8')).not.toContain('\nHost ');
    await addTarget();
    await expect.poll(() => readFileSync(path, 'utf8')).toContain('Host my-target\n');
    // A name the operator takes is the operator's.
    const mine = `${config()}Host my-target\n  HostName mine.example\n`;
    writeFileSync(inSsh('config'), mine);
    await expect.poll(() => readFileSync(path, 'utf8')).toMatch(/Host my-target-[0-9a-f]{4}\n/);
    expect(config()).toBe(mine);
  });

  it('and off again nothing of it is left, and what else stood there is as it was', async () => {
    const mine = '# mine\r\nHost *\r\n  ServerAliveInterval 30';
    writeFileSync(inSsh('config'), mine, { mode: 0o644 });
    const instance = await addTarget();
    const { path } = await switchTo(true);
    expect(config()).not.toBe(mine);
    const off = await switchTo(false);
    expect(off).toMatchObject({ on: false, aliases: 0 });
    expect(config()).toBe(mine);
    expect(statSync(inSsh('config')).mode & 0o777).toBe(0o644);
    expect(existsSync(path)).toBe(false);
    expect(await outside(instance)).not.toHaveProperty('alias');
  });

  it('and off again at once the last word counts', async () => {
    writeFileSync(inSsh('config'), '# mine\n');
    await addTarget();
    const [, off] = await Promise.all([switchTo(true), switchTo(false)]);
    expect(off).toMatchObject({ on: false });
    expect(config()).toBe('# mine\n');
  });

  it('and the line taken out by hand is said, and not put back', async () => {
    const instance = await addTarget();
    await switchTo(true);
    writeFileSync(inSsh('config'), '# mine\n');
    await expect
      .poll(() => live.client.call('ssh.includeFile', {}))
      .toMatchObject({ on: true, problem: { id: 'include-line-gone' } });
    expect(config()).toBe('# mine\n');
    expect(await outside(instance)).not.toHaveProperty('alias');
    expect((await switchTo(true)).problem).toBeUndefined();
  });

  it('and a configuration that cannot be changed is said', async () => {
    mkdirSync(inSsh('config'));
    expect(await switchTo(true)).toMatchObject({ on: true, problem: { id: expect.any(String) } });
  });
});

describe('switched off', () => {
  it('the whole command is told, and the link says all', async () => {
    const instance = await addTarget({
      jumps: [{ host: '127.0.0.1', port: hop.port, user: 'grace' }],
    });
    expect(await outside(instance)).toEqual({
      command: `ssh -J grace@127.0.0.1:${hop.port} -p ${sshd.port} -i ~/.ssh/target ${sshd.user}@127.0.0.1`,
    });
    const direct = await addTarget();
    const place = JSON.stringify({ hostName: '127.0.0.1', user: sshd.user, port: sshd.port });
    expect(await outside(direct)).toEqual({
      command: `ssh -p ${sshd.port} -i ~/.ssh/target ${sshd.user}@127.0.0.1`,
      vscodeUrl: `vscode://vscode-remote/ssh-remote+${Buffer.from(place).toString('hex')}/`,
    });
  });
});
