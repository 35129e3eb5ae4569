/** Servers that take few sessions on one connection: more are opened on further ones, and nothing storms them. */
import { EventEmitter } from 'node:events';
import type ssh2 from 'ssh2';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { Connection } from '../../main/features/ssh/connection.ts';
import type { LeaseRequest } from '../../main/features/ssh/lease.ts';
import { CloudError, type ErrorCode, refusal } from '../../preload/contract/errors.ts';
import type { PromptAnswer, PromptQuestion } from '../../preload/contract/prompts.ts';
import { isRoot } from '../support/account.ts';
import { type LiveCore, startLiveCore } from '../support/live-core.ts';
import { type Sshd, startSshd } from '../support/sshd.ts';

const request = (more: Partial<LeaseRequest> = {}): LeaseRequest => ({
  owner: { kind: 'terminal', instance: 'servers/x', name: 'x', address: 'x:22' },
  interactive: true,
  signal: new AbortController().signal,
  ...more,
});

describe('sessions', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  });
  afterEach(() => vi.useRealTimers());

  /** A server that takes so many sessions on each connection, and so many connections. */
  function create(maxSessions: number, outcomes: readonly ('up' | ErrorCode)[] = []) {
    const clients: (EventEmitter & { sessions: number })[] = [];
    let dialled = 0;
    const connection = new Connection(
      async () => {
        const outcome = outcomes[dialled] ?? 'up';
        dialled += 1;
        if (outcome !== 'up') throw refusal(outcome, 'for-the-test');
        const client = Object.assign(new EventEmitter(), {
          sessions: 0,
          end: () => client.emit('close'),
          destroy: () => client.emit('close'),
        });
        clients.push(client);
        return {
          client: client as unknown as ssh2.Client,
          whyLost: () => refusal('network', 'lost'),
        };
      },
      () => {},
    );
    let attempts = 0;
    const open = async (more?: Partial<LeaseRequest>) => {
      const opened = connection.openSession(request(more), async (client) => {
        attempts += 1;
        const server = client as unknown as { sessions: number };
        await Promise.resolve();
        if (server.sessions >= maxSessions) throw refusal('quota', 'ssh-channel-refused');
        server.sessions += 1;
        return server;
      });
      opened.catch(() => {});
      await vi.advanceTimersByTimeAsync(2500);
      const { channel, lease } = await opened;
      return () => {
        channel.sessions -= 1;
        lease.release();
      };
    };
    const allow = (sessions: number) => {
      maxSessions = sessions;
    };
    return { connection, clients, open, allow, attempts: () => attempts };
  }
  const ruleOf = (opened: Promise<unknown>) =>
    opened.then(
      () => 'open',
      (error: CloudError) => error.rule?.id,
    );

  it('share one connection while there is room, and use as few others as will do', async () => {
    const { clients, open } = create(3);
    for (let index = 0; index < 8; index += 1) await open();
    expect(clients.map(({ sessions }) => sessions)).toEqual([3, 3, 2]);
  });

  it('that come all at once end up the same way, whatever was known before', async () => {
    const { clients, open } = create(2);
    await Promise.all(Array.from({ length: 5 }, () => open()));
    expect(clients.map(({ sessions }) => sessions).reduce((sum, one) => sum + one)).toBe(5);
    expect(clients.length).toBeLessThanOrEqual(4);
  });

  it('learn the limit: once it is known nobody knocks in vain', async () => {
    const { open, attempts } = create(1);
    const closes = [await open(), await open()];
    const before = attempts();
    closes.push(await open());
    expect(attempts()).toBe(before + 1);
    closes.pop()?.();
    await open();
    expect(attempts()).toBe(before + 2);
  });

  it('forget the limit once none is open: it may have been of that moment only', async () => {
    const { clients, open, allow } = create(1);
    for (const close of [await open(), await open()]) close();
    allow(3);
    for (let index = 0; index < 3; index += 1) await open();
    expect(clients.map(({ sessions }) => sessions)).toEqual([3, 0]);
  });

  it('take the place of one that was closed, and the further connection ends a minute after its last', async () => {
    const { clients, open } = create(1);
    const closes = [await open(), await open()];
    closes[1]?.();
    await open().then((close) => close());
    expect(clients).toHaveLength(2);
    let ended = 0;
    clients[1]?.on('close', () => {
      ended += 1;
    });
    await vi.advanceTimersByTimeAsync(61_000);
    expect(ended).toBe(1);
    closes[0]?.();
    await (await open())();
    expect(clients).toHaveLength(2);
  });

  it('are refused with the reason when no further connection can be had', async () => {
    const { open } = create(1, ['up', 'unauthenticated', 'network']);
    await open();
    await expect(open({ interactive: false })).rejects.toMatchObject({
      code: 'quota',
      rule: { id: 'ssh-sessions-full', params: { limit: 1 } },
    });
    expect(await ruleOf(open())).toBe('ssh-sessions-full');
    expect(await ruleOf(open())).toBe('open');
  });

  it('dial no more than once where each new connection goes, also while a further one is up', async () => {
    const { connection, clients, open } = create(1);
    await open();
    await open();
    clients[0]?.emit('close');
    let attempts = 0;
    const opened = connection.openSession(request(), async (client) => {
      attempts += 1;
      if (attempts > 9) return;
      client.destroy();
      throw refusal('network', 'ssh-connection-closed');
    });
    expect(await ruleOf(opened)).toBe('ssh-connection-closed');
    expect(clients).toHaveLength(3);
  });

  it('are not to be had at all: that is said after a few tries more, and no other connection is made', async () => {
    const { open, clients, attempts } = create(0);
    expect(await ruleOf(open())).toBe('ssh-channel-refused');
    expect([clients.length, attempts()]).toEqual([1, 5]);
  });

  it('that fail for another reason are not tried elsewhere', async () => {
    const { connection, clients, open } = create(5);
    await open();
    const failing = connection.openSession(request(), async () => {
      throw new CloudError('unsupported', 'no SFTP');
    });
    await expect(failing).rejects.toMatchObject({ code: 'unsupported' });
    expect(clients).toHaveLength(1);
  });

  it('of who only looks in make no further connection', async () => {
    const { open, clients } = create(1);
    await open();
    const looking = open({ interactive: false, keepsOpen: false });
    expect(await ruleOf(looking)).toBe('ssh-sessions-full');
    expect(clients).toHaveLength(1);
  });
});

describe('a real server with MaxSessions 1', () => {
  let sshd: Sshd;
  let live: LiveCore;
  let answer: (question: PromptQuestion) => PromptAnswer;
  beforeAll(async () => {
    sshd = await startSshd({ config: ['MaxSessions 1', 'UsePAM no'] });
    live = await startLiveCore({
      answer: ({ question }) =>
        question.kind === 'host-key' ? { kind: 'trust' } : answer(question),
    });
    await live.client.call('vault.setUp', { mode: 'memory' });
  });
  afterAll(async () => {
    await live.close();
    await sshd.stop();
  });
  const terminals = async () => (await live.client.call('terminals.list', {})).items;
  const states = async () => (await terminals()).map(({ state }) => state);
  afterEach(async () => {
    for (const { id } of await terminals()) await live.client.call('terminals.close', { id });
  });
  const open = (instance: string) =>
    live.client.call('terminals.open', { instance, columns: 80, rows: 24 });
  const logins = () => sshd.log().match(/Accepted publickey/g)?.length ?? 0;

  it('gives as many terminals as are wished, each on a connection of its own', async () => {
    const key = { login: { kind: 'stored-key' }, privateKey: sshd.privateKey };
    const instance = await live.addServer({ port: sshd.port, user: sshd.user, ...key });
    for (let index = 0; index < 3; index += 1) {
      await open(instance);
      await expect.poll(states).toEqual(Array.from({ length: index + 1 }, () => 'open'));
    }
    expect(logins()).toBe(3);
  });

  it.skipIf(!isRoot)(
    'asks again for a password that was not remembered; a no is a no',
    async () => {
      const server = { port: sshd.port, user: sshd.user, login: { kind: 'password' } };
      const instance = await live.addServer(server);
      answer = () => ({ kind: 'secret', secret: sshd.password, remember: false });
      await open(instance);
      await expect.poll(states).toEqual(['open']);
      answer = () => ({ kind: 'cancel' });
      await open(instance);
      await expect.poll(states).toEqual(['open', 'failed']);
      expect((await terminals())[1]?.failure?.code).toBe('cancelled');
    },
  );
});
