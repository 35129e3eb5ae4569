/** Servers that are not SSH, or not for long: each ends in a failure with its reason, and costs nothing else. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { reach } from '../../main/clouds/servers/reach.ts';
import { connect } from '../../main/features/ssh/connect.ts';
import type { CloudError, Failure } from '../../preload/contract/errors.ts';
import type { PromptAnswer, PromptQuestion } from '../../preload/contract/prompts.ts';
import { createConnectParts, requestFor } from '../support/connect-parts.ts';
import { freePort } from '../support/free-port.ts';
import {
  type HostileServer,
  startClosingAtOnce,
  startClosingDuringLogin,
  startEndlessBanner,
  startGarbageAfterVersion,
  startHangingUpOnPassword,
  startHttpInstead,
  startImpatient,
  startLongPreamble,
  startMuteDuringLogin,
  startSilent,
  startWeakOnly,
} from '../support/hostile-servers.ts';
import { type LiveCore, nextEvent, startLiveCore } from '../support/live-core.ts';

/** Takes every server for what it says it is, and answers nothing else. */
const trusting = ({ kind }: PromptQuestion): PromptAnswer | undefined =>
  kind === 'host-key' ? { kind: 'trust' } : undefined;

let live: LiveCore;
let server: HostileServer | undefined;

beforeAll(async () => {
  live = await startLiveCore({
    answer: ({ question }) => trusting(question),
  });
});

afterEach(async () => {
  await server?.stop();
  server = undefined;
});

afterAll(() => live.close());

const openSockets = () =>
  process.getActiveResourcesInfo().filter((name) => name === 'TCPSocketWrap').length;

/** Opens a terminal on the port, and tells how that failed. */
async function terminalFailure(port: number): Promise<Failure | undefined> {
  const instance = await live.addServer({ name: 'hostile', port, user: 'ada' });
  const over = nextEvent(live.client, 'terminals.changed', ({ changed }) =>
    changed.some((terminal) => terminal.instance === instance && terminal.state === 'failed'),
  );
  const { id } = await live.client.call('terminals.open', { instance, columns: 80, rows: 24 });
  const { changed } = await over;
  await live.client.call('terminals.close', { id });
  return changed.find((terminal) => terminal.id === id)?.failure;
}

describe('a terminal on a server that', () => {
  it.each([
    ['answers like a web server', startHttpInstead, 'network', 'reach-not-ssh'],
    ['closes at once', startClosingAtOnce, 'network', 'ssh-closed-early'],
    ['sends a banner of a megabyte', startEndlessBanner, 'network', 'reach-not-ssh'],
    ['talks a megabyte before its version', startLongPreamble, 'network', 'reach-not-ssh'],
    ['sends noise after its version', startGarbageAfterVersion, 'network', 'ssh-closed-early'],
    ['offers weak algorithms only', startWeakOnly, 'unsupported', 'ssh-no-common-algorithm'],
    ['closes during the login', startClosingDuringLogin, 'network', 'ssh-closed-during-login'],
  ] as const)('%s fails with its reason', async (_what, start, code, rule) => {
    server = await start();
    const before = openSockets();
    const failure = await terminalFailure(server.port);
    expect(failure).toMatchObject({ code, rule: { id: rule } });
    await expect.poll(openSockets).toBeLessThanOrEqual(before);
  });

  it('offers weak algorithms only is told with both lists', async () => {
    server = await startWeakOnly();
    expect((await terminalFailure(server.port))?.rule?.params).toMatchObject({
      theirs: 'diffie-hellman-group1-sha1',
      ours: expect.stringMatching(/^curve25519-sha256, .*ecdh-sha2-nistp256/),
    });
  });

  it('is not there fails with its reason', async () => {
    const port = await freePort();
    expect(await terminalFailure(port)).toMatchObject({
      code: 'network',
      rule: { id: 'reach-refused', params: { host: '127.0.0.1', port } },
    });
  });

  it('has no known name fails with its reason', async () => {
    const parts = await createConnectParts();
    const request = requestFor({ host: 'no-such-host.invalid', port: 22, user: 'ada' });
    await expect(connect(parts.connectParts, request)).rejects.toMatchObject({
      code: 'network',
      rule: { id: 'reach-name-unknown' },
    });
    parts.remove();
  });

  it('never answers fails in time', async () => {
    server = await startSilent();
    const parts = await createConnectParts();
    const request = requestFor({ port: server.port, user: 'ada' });
    const before = openSockets();
    const failed = connect({ ...parts.connectParts, handshakeTimeoutMs: 200 }, request);
    await expect(failed).rejects.toMatchObject({
      code: 'timeout',
      rule: { id: 'ssh-handshake-timeout' },
    });
    await expect.poll(openSockets).toBeLessThanOrEqual(before);
    parts.remove();
  });

  it('never answers a login fails in time', async () => {
    server = await startMuteDuringLogin();
    const parts = await createConnectParts(trusting);
    const request = requestFor({ port: server.port, user: 'ada' });
    const before = openSockets();
    await expect(
      connect({ ...parts.connectParts, loginTimeoutMs: 200 }, request),
    ).rejects.toMatchObject({ code: 'timeout', rule: { id: 'ssh-login-timeout' } });
    await expect.poll(openSockets).toBeLessThanOrEqual(before);
    parts.remove();
  });

  it('gives a person as long as a person takes', async () => {
    const parts = await createConnectParts(trusting);
    const impatient = await startImpatient();
    server = impatient;
    const request = requestFor({ port: server.port, user: 'ada' });
    const ended = connect({ ...parts.connectParts, loginTimeoutMs: 1000 }, request).catch(
      (error: CloudError) => error,
    );
    await expect.poll(() => parts.asked.map(({ kind }) => kind)).toContain('password');
    // Nobody types the password: only the server ends it, and nobody may dial again by themselves.
    await new Promise((resolve) => setTimeout(resolve, 1500));
    impatient.leave();
    expect(await ended).toMatchObject({
      code: 'unauthenticated',
      rule: { id: 'ssh-closed-during-login' },
    });
    parts.remove();
  });

  it('hangs up on a saved password has refused it: it is not given again without a person', async () => {
    server = await startHangingUpOnPassword();
    const parts = await createConnectParts(trusting);
    await parts.vault.save('test/password', 'saved');
    const request = requestFor({ port: server.port, user: 'ada' });
    await expect(connect(parts.connectParts, request)).rejects.toMatchObject({
      code: 'unauthenticated',
      rule: { id: 'ssh-closed-during-login' },
    });
    expect(parts.asked.map(({ kind }) => kind)).toEqual(['host-key']);
    parts.remove();
  });

  it('is given the password that a cloud tells finds it in no log, though it said it back', async () => {
    server = await startHangingUpOnPassword();
    const parts = await createConnectParts(trusting);
    const login = { kind: 'given-password', read: async () => 'hunter22' } as const;
    const request = requestFor({ port: server.port, user: 'ada', login });
    await expect(connect(parts.connectParts, request)).rejects.toMatchObject({
      code: 'unauthenticated',
    });
    expect(parts.redactor.redact('sshd says: hunter22')).toBe('sshd says: [redacted]');
    parts.remove();
  });

  it('goes away over an open question about its key is not asked again without a person', async () => {
    const parts = await createConnectParts();
    const impatient = await startImpatient();
    server = impatient;
    const request = requestFor({ port: server.port, user: 'ada' });
    const ended = connect(parts.connectParts, request).catch((error: CloudError) => error);
    await expect.poll(() => parts.asked.map(({ kind }) => kind)).toEqual(['host-key']);
    impatient.leave();
    expect(await ended).toMatchObject({ code: 'unauthenticated' });
    expect(parts.asked).toHaveLength(1);
    parts.remove();
  });

  it('never answers is left at once when nobody waits any more', async () => {
    server = await startSilent();
    const parts = await createConnectParts();
    const abort = new AbortController();
    const request = requestFor({ port: server.port, user: 'ada' }, { signal: abort.signal });
    const before = openSockets();
    const failed = connect(parts.connectParts, request).catch((error: CloudError) => error.code);
    setTimeout(() => abort.abort(), 50);
    expect(await failed).toBe('cancelled');
    await expect.poll(openSockets).toBeLessThanOrEqual(before);
    parts.remove();
  });
});

describe('the check of a server that', () => {
  const check = async (port: number) => {
    const instance = await live.addServer({ name: 'hostile', port, user: 'ada' });
    return live.client
      .call('actions.run', { account: 'servers', action: 'check-server', instance, input: {} })
      .then(
        () => 'passed',
        (error: CloudError) => error.rule?.id,
      );
  };

  it.each([
    ['answers like a web server', startHttpInstead, 'reach-not-ssh'],
    ['closes at once', startClosingAtOnce, 'reach-closed'],
    ['sends a banner of a megabyte', startEndlessBanner, 'reach-not-ssh'],
    ['talks a megabyte before its version', startLongPreamble, 'reach-not-ssh'],
    ['sends noise after its version', startGarbageAfterVersion, 'ssh-closed-early'],
  ] as const)('%s says so', async (_what, start, rule) => {
    server = await start();
    expect(await check(server.port)).toBe(rule);
  });

  it('is not there says so', async () => {
    expect(await check(await freePort())).toBe('reach-refused');
  });

  it('never answers says so in time', async () => {
    server = await startSilent();
    const result = await reach('127.0.0.1', server.port, new AbortController().signal, 200);
    expect(result).toMatchObject({ kind: 'unreachable', reason: { id: 'reach-timeout' } });
  });

  it('never answers can be given up', async () => {
    server = await startSilent();
    const abort = new AbortController();
    const result = reach('127.0.0.1', server.port, abort.signal);
    abort.abort();
    expect(await result).toMatchObject({ kind: 'unreachable', reason: { id: 'reach-cancelled' } });
  });
});

it('leaves nothing behind: the core closes, and every socket with it', async () => {
  const before = openSockets();
  const other = await startLiveCore();
  const silent = await startSilent();
  const instance = await other.addServer({ name: 'hostile', port: silent.port, user: 'ada' });
  await other.client.call('terminals.open', { instance, columns: 80, rows: 24 });
  await other.close();
  await expect.poll(openSockets).toBeLessThanOrEqual(before);
  await silent.stop();
});
