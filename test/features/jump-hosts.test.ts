/** Instances behind other machines: chains of real OpenSSH servers, each hop with a host key and a login of its own. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { usualConnectionOptions } from '../../main/features/ssh/connection-options.ts';
import type { Prompt, PromptAnswer } from '../../preload/contract/prompts.ts';
import type { Jump } from '../../preload/contract/ssh.ts';
import type { Terminal } from '../../preload/contract/terminals.ts';
import { isRoot } from '../support/account.ts';
import { freePort } from '../support/free-port.ts';
import { type Honeypot, startHoneypot } from '../support/hostile-servers.ts';
import { type LiveCore, nextEvent, startLiveCore } from '../support/live-core.ts';
import { type Sshd, startSshd } from '../support/sshd.ts';

/** A real sshd checks passwords against accounts, and only root can make one. */
const itAsRoot = it.skipIf(!isRoot);

const canary = 'CANARY-password';

let first: Sshd;
let middle: Sshd;
let last: Sshd;
let live: LiveCore;
let answer: (prompt: Prompt) => PromptAnswer | undefined;

beforeAll(async () => {
  [first, middle, last] = await Promise.all([
    startSshd({ config: ['UsePAM no'] }),
    startSshd(),
    startSshd(),
  ]);
  live = await startLiveCore({ answer: (prompt) => answer(prompt) });
  await live.client.call('vault.setUp', { mode: 'memory' });
});

afterAll(async () => {
  await live.close();
  await Promise.all([first, middle, last].map((sshd) => sshd.stop()));
});

const trusting = ({ question }: Prompt): PromptAnswer | undefined =>
  question.kind === 'host-key' ? { kind: 'trust' } : undefined;

afterEach(async () => {
  answer = trusting;
  for (const { id } of (await live.client.call('terminals.list', {})).items) {
    await live.client.call('terminals.close', { id });
  }
});

const addServer = (sshd: Sshd, more: object = {}) =>
  live.addServer({
    port: sshd.port,
    user: sshd.user,
    login: { kind: 'stored-key' },
    privateKey: sshd.privateKey,
    ...more,
  });
const jumpThrough = (instance: string, jumps: readonly Jump[]) =>
  live.client.call('ssh.setOptions', {
    instance,
    options: { ...usualConnectionOptions, jumps: [...jumps] },
  });
const via = (instance: string): Jump => ({ kind: 'instance', instance });
const place = ({ port, user }: Pick<Sshd, 'port' | 'user'>): Jump => ({
  kind: 'address',
  host: '127.0.0.1',
  port,
  user,
});
const hopName = ({ port, user }: Pick<Sshd, 'port' | 'user'>) => `${user}@127.0.0.1:${port}`;

async function openTerminal(instance: string): Promise<Terminal> {
  const isSettled = (terminal: Terminal) =>
    terminal.instance === instance && terminal.state !== 'connecting';
  const settled = nextEvent(live.client, 'terminals.changed', ({ changed }) =>
    changed.some(isSettled),
  );
  await live.client.call('terminals.open', { instance, columns: 80, rows: 24 });
  return (await settled).changed.find(isSettled) as Terminal;
}
const connectionsTo = (sshd: Sshd) => sshd.log().match(/Connection from/g)?.length ?? 0;

describe('a chain', () => {
  it('of two and of three is entered hop by hop, each key asked about with the hop it belongs to', async () => {
    answer = trusting;
    const gate = await addServer(first);
    const hall = await addServer(middle);
    const room = await addServer(last);
    await jumpThrough(hall, [via(gate)]);
    await jumpThrough(room, [via(hall)]);
    expect(await openTerminal(room)).toMatchObject({ state: 'open' });
    const owners = live.prompts.flatMap(({ owner }) => (owner.instance === room ? [owner] : []));
    expect(owners.map(({ hop }) => hop)).toEqual([hopName(first), hopName(middle), undefined]);
    expect(owners[0]?.address).toBe(`127.0.0.1:${first.port}`);
    // The hop's own connection is the one it is entered by anyway.
    const before = [connectionsTo(first), connectionsTo(middle)];
    expect(await openTerminal(hall)).toMatchObject({ state: 'open' });
    expect(await openTerminal(gate)).toMatchObject({ state: 'open' });
    expect([connectionsTo(first), connectionsTo(middle)]).toEqual(before);
  });

  itAsRoot('asks each hop its own password, and says which hop asks', async () => {
    const asked: Prompt[] = [];
    answer = (prompt) => {
      if (prompt.question.kind === 'password') {
        asked.push(prompt);
        return { kind: 'secret', secret: first.password, remember: false };
      }
      return trusting(prompt);
    };
    const room = await addServer(last);
    await jumpThrough(room, [place(first)]);
    expect(await openTerminal(room)).toMatchObject({ state: 'open' });
    expect(asked.map(({ owner }) => owner)).toMatchObject([
      { kind: 'terminal', instance: room, hop: hopName(first) },
    ]);
  });

  it('loses what lies behind a lost hop, with a reason that names the hop', async () => {
    answer = trusting;
    const gate = await addServer(middle);
    const room = await addServer(last);
    await jumpThrough(room, [via(gate)]);
    const outcome = await live.client.call('tunnels.open', {
      instance: room,
      remotePort: last.port,
    });
    if (outcome.kind !== 'opened') throw new Error(outcome.kind);
    const { id } = outcome.tunnel;
    const tunnel = async () =>
      (await live.client.call('tunnels.list', {})).items.find((item) => item.id === id);
    await expect.poll(async () => (await tunnel())?.state).toBe('up');
    await middle.down();
    await expect
      .poll(async () => (await tunnel())?.lastFailure)
      .toMatchObject({ code: 'network', details: { hop: hopName(middle) } });
    await middle.up();
    await expect.poll(async () => (await tunnel())?.state).toBe('up');
    await live.client.call('tunnels.remove', { id });
  });

  it('says what a hop cannot reach, and when it lets nobody through', async () => {
    answer = trusting;
    const gate = await addServer(middle);
    const nowhere = await live.addServer({ port: await freePort(), user: 'ada' });
    await jumpThrough(nowhere, [via(gate)]);
    expect((await openTerminal(nowhere)).failure?.rule).toMatchObject({
      id: 'hop-cannot-reach',
      params: { hop: hopName(middle) },
    });
    const closed = await startSshd({ config: ['AllowTcpForwarding no'] });
    const room = await addServer(last);
    await jumpThrough(room, [via(await addServer(closed))]);
    expect((await openTerminal(room)).failure).toMatchObject({
      code: 'forbidden',
      rule: { id: 'hop-forwards-nothing' },
    });
    await closed.stop();
  });
});

it("OpenSSH's configuration names the hops: each is entered as its own entry says, the first behind its own hop", async () => {
  answer = trusting;
  const entry = (name: string, sshd: Sshd, more = '') =>
    `Host ${name}
       HostName 127.0.0.1
       Port ${sshd.port}
       User ${sshd.user}
       IdentityFile ${sshd.privateKeyFile}
       ${more}\n`;
  writeFileSync(
    join(live.homeDirectory, '.ssh/config'),
    entry('gate', first) +
      entry('hall', middle, 'ProxyJump gate') +
      entry('room', last, 'ProxyJump hall'),
  );
  const room = await live.addServer({
    host: '127.0.0.1',
    port: last.port,
    user: last.user,
    configAlias: 'room',
  });
  const follows = async () => (await live.client.call('ssh.options', { instance: room })).follows;
  await expect.poll(follows).toBe('room');
  const before = [first, middle, last].map(connectionsTo);
  expect(await openTerminal(room)).toMatchObject({ state: 'open' });
  expect([first, middle, last].map(connectionsTo)).toEqual(before.map((count) => count + 1));
  // What the operator set for the instance comes before.
  await jumpThrough(room, []);
  expect(await openTerminal(room)).toMatchObject({ state: 'open' });
  expect([first, middle, last].map(connectionsTo)).toEqual(
    before.map((count, index) => count + (index === 2 ? 2 : 1)),
  );
});

describe('a middle hop', () => {
  let honeypot: Honeypot;
  beforeAll(async () => {
    honeypot = await startHoneypot();
  });
  afterAll(() => honeypot.stop());

  it('that shows another key than the known one is a hard stop that names it; nothing goes further', async () => {
    answer = trusting;
    const changing = await startSshd();
    const gate = await addServer(first);
    const hall = await addServer(changing);
    const room = await addServer(last);
    await jumpThrough(hall, [via(gate)]);
    await jumpThrough(room, [via(hall)]);
    expect(await openTerminal(room)).toMatchObject({ state: 'open' });
    for (const { id } of (await live.client.call('terminals.list', {})).items) {
      await live.client.call('terminals.close', { id });
    }
    await changing.changeHostKey();
    const before = [connectionsTo(last), changing.log().length] as const;
    // The end of the former connection may be some moments on its way.
    await expect
      .poll(async () => (await openTerminal(room)).failure)
      .toMatchObject({
        code: 'forbidden',
        retryable: false,
        rule: { id: 'host-key-changed' },
        details: { hop: hopName(changing) },
      });
    expect(connectionsTo(last)).toBe(before[0]);
    expect(changing.log().slice(before[1])).not.toMatch(/Accepted|Failed|Postponed|userauth/);
    await changing.stop();
  });

  it('is told no password before the verdict on its key, nor is anything behind it reached', async () => {
    answer = ({ question }) =>
      question.kind === 'host-key'
        ? { kind: 'cancel' }
        : { kind: 'secret', secret: canary, remember: false };
    const gate = await live.addServer({
      port: honeypot.port,
      user: 'ada',
      login: { kind: 'password' },
      password: canary,
    });
    const room = await addServer(last);
    await jumpThrough(room, [via(gate)]);
    const before = connectionsTo(last);
    expect((await openTerminal(room)).failure?.rule?.id).toBe('host-key-not-trusted');
    expect([honeypot.handshakes() > 0, honeypot.passwords(), honeypot.attempts()]).toEqual([
      false,
      [],
      0,
    ]);
    expect(connectionsTo(last)).toBe(before);
  });

  it('never sees the password of the machine behind it', async () => {
    answer = trusting;
    const room = await live.addServer({
      port: honeypot.port,
      user: 'ada',
      login: { kind: 'password' },
      password: canary,
    });
    const gate = await addServer(first);
    await jumpThrough(room, [via(gate)]);
    const logged = first.log().length;
    answer = (prompt) => trusting(prompt) ?? { kind: 'cancel' };
    await openTerminal(room);
    // It does get there, so that the silence at the hop proves something.
    expect(honeypot.passwords()).toContain(canary);
    expect(first.log().slice(logged)).not.toContain(canary);
  });
});

describe('jumps that cannot be', () => {
  it('lead back to the start: they are refused when set, whoever is set last', async () => {
    const [one, other] = [await addServer(first), await addServer(middle)];
    await jumpThrough(one, [via(other)]);
    await expect(jumpThrough(other, [via(one)])).rejects.toMatchObject({
      code: 'invalid',
      rule: { id: 'jump-loop' },
    });
    await expect(jumpThrough(one, [via(one)])).rejects.toMatchObject({ rule: { id: 'jump-loop' } });
  });

  it('lead through an instance that is not there: refused when set, and said when it went later', async () => {
    answer = trusting;
    const [gate, room] = [await addServer(first), await addServer(last)];
    await expect(jumpThrough(room, [via('servers/nobody')])).rejects.toMatchObject({
      rule: { id: 'jump-unknown' },
    });
    await jumpThrough(room, [via(gate)]);
    const remove = { account: 'servers', action: 'remove-server', input: {} };
    await live.client.call('actions.run', { ...remove, instance: gate });
    expect((await openTerminal(room)).failure?.rule?.id).toBe('jump-unknown');
  });
});
