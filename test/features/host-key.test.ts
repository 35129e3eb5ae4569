/** The host key is judged before anything of the operator's is sent: proved on a honeypot and on a real server. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { connect, verifyHostKey } from '../../main/features/ssh/connect.ts';
import type { AuthRequest } from '../../main/features/ssh/login-request.ts';
import type { CloudError } from '../../preload/contract/errors.ts';
import type { Prompt, PromptAnswer } from '../../preload/contract/prompts.ts';
import { createConnectParts, requestFor, type TestConnectParts } from '../support/connect-parts.ts';
import { type Honeypot, startHoneypot } from '../support/hostile-servers.ts';
import { newKeyPair } from '../support/key-pair.ts';
import { type LiveCore, nextEvent, startLiveCore } from '../support/live-core.ts';
import { type Sshd, startSshd } from '../support/sshd.ts';

const canary = 'CANARY-password-of-a-person';

describe('a server nobody knows', () => {
  let honeypot: Honeypot;
  let parts: TestConnectParts;
  let trust = false;

  beforeAll(async () => {
    honeypot = await startHoneypot();
    parts = await createConnectParts((question): PromptAnswer => {
      if (question.kind === 'host-key') return { kind: trust ? 'trust' : 'cancel' };
      return { kind: 'cancel' };
    });
    await parts.vault.save('test/password', canary);
  });
  afterAll(async () => {
    parts.remove();
    await honeypot.stop();
  });

  const request = (more: Partial<Omit<AuthRequest, 'access'>> = {}) =>
    requestFor({ port: honeypot.port, user: 'ada' }, more);
  const failureOf = (promise: Promise<unknown>) =>
    promise.then(
      () => 'connected',
      (error: CloudError) => error.rule?.id ?? error.code,
    );

  it('sees no user name and no password when its key is refused', async () => {
    expect(await failureOf(connect(parts.connectParts, request()))).toBe('host-key-not-trusted');
    expect(parts.asked.map(({ kind }) => kind)).toEqual(['host-key']);
    expect(parts.asked[0]).toMatchObject({
      keyType: 'ssh-ed25519',
      picture: expect.stringContaining('ED25519 256'),
    });
    expect([honeypot.attempts(), honeypot.passwords()]).toEqual([0, []]);
  });

  it('sees nothing while the question is open, nor when it is given up', async () => {
    const quiet = await createConnectParts();
    const abort = new AbortController();
    const failed = failureOf(connect(quiet.connectParts, request({ signal: abort.signal })));
    await expect.poll(() => quiet.asked.length).toBe(1);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(honeypot.attempts()).toBe(0);
    abort.abort();
    expect(await failed).toBe('cancelled');
    expect([honeypot.attempts(), honeypot.passwords()]).toEqual([0, []]);
    quiet.remove();
  });

  it('sees nothing, and nobody is asked, when nobody may be', async () => {
    const before = parts.asked.length;
    const failed = connect(parts.connectParts, request({ interactive: false }));
    expect(await failureOf(failed)).toBe('ssh-needs-answer');
    expect([parts.asked.length, honeypot.attempts()]).toEqual([before, 0]);
  });

  it('sees nothing when its key is not the one that is known', async () => {
    const { knownHosts } = parts.connectParts;
    const name = `[127.0.0.1]:${honeypot.port}`;
    const other = Buffer.from(newKeyPair().public.split(' ')[1] ?? '', 'base64');
    knownHosts.trust(name, other);
    const before = parts.asked.length;
    expect(await failureOf(connect(parts.connectParts, request()))).toBe('host-key-changed');
    expect([parts.asked.length, honeypot.attempts()]).toEqual([before, 0]);
    knownHosts.forget(name);
  });

  it('sees nothing when its key is not the published one', async () => {
    const before = parts.asked.length;
    const published = requestFor({
      port: honeypot.port,
      user: 'ada',
      publishedHostKeys: [newKeyPair().public],
    });
    expect(await failureOf(connect(parts.connectParts, published))).toBe('host-key-changed');
    expect([parts.asked.length, honeypot.attempts()]).toEqual([before, 0]);
  });

  it('is taken without a question when its key is the published one', async () => {
    const before = parts.asked.length;
    const published = requestFor({
      port: honeypot.port,
      user: 'ada',
      publishedHostKeys: [newKeyPair('ecdsa').public, honeypot.hostPublicKey],
    });
    const info = await verifyHostKey(parts.connectParts, published);
    expect(info.type).toBe('ssh-ed25519');
    expect(parts.asked.length).toBe(before);
  });

  it('sees no login when only its key is looked at', async () => {
    trust = true;
    await verifyHostKey(parts.connectParts, request());
    expect([honeypot.attempts(), honeypot.passwords()]).toEqual([0, []]);
  });

  it('gets the password once its key is trusted, so that the silence before proves something', async () => {
    expect(await failureOf(connect(parts.connectParts, request()))).toBe('login-cancelled');
    expect(honeypot.passwords()).toContain(canary);
  });
});

describe('a real server', () => {
  let sshd: Sshd;
  let live: LiveCore;
  let instance = '';
  const answers: PromptAnswer['kind'][] = [];

  beforeAll(async () => {
    sshd = await startSshd();
    live = await startLiveCore({
      answer: ({ question }: Prompt) => {
        if (question.kind !== 'host-key') return undefined;
        answers.push('trust');
        return { kind: 'trust' };
      },
    });
    instance = await live.addSshd(sshd);
  });
  afterAll(async () => {
    await live.close();
    await sshd.stop();
  });
  afterEach(async () => {
    for (const { id } of (await live.client.call('terminals.list', {})).items) {
      await live.client.call('terminals.close', { id });
    }
  });

  async function open() {
    const settled = nextEvent(live.client, 'terminals.changed', ({ changed }) =>
      changed.some(({ state }) => state !== 'connecting'),
    );
    await live.client.call('terminals.open', { instance, columns: 80, rows: 24 });
    return (await settled).changed.find(({ state }) => state !== 'connecting');
  }
  const runAction = (action: string) =>
    live.client.call('actions.run', { account: 'servers', action, instance, input: {} });
  const hostKeys = async () =>
    (await live.client.call('instances.detail', { key: instance })).hostKeys;

  it('is asked about once, then known', async () => {
    expect(await hostKeys()).toEqual([]);
    expect(await open()).toMatchObject({ state: 'open' });
    expect(answers).toHaveLength(1);
    expect(await hostKeys()).toEqual([
      { type: 'ssh-ed25519', fingerprint: sshd.hostKeyFingerprint() },
    ]);
    sshd.dropSessions();
    await runAction('check-server');
    expect(answers).toHaveLength(1);
  });

  it('is a hard stop when its key has changed: both fingerprints are told, no login is tried', async () => {
    const before = sshd.hostKeyFingerprint();
    await sshd.changeHostKey();
    const logged = sshd.log().length;
    const terminal = await open();
    expect(terminal).toMatchObject({
      state: 'failed',
      failure: {
        code: 'forbidden',
        retryable: false,
        rule: {
          id: 'host-key-changed',
          params: {
            known: `ssh-ed25519 ${before}`,
            shown: `ssh-ed25519 ${sshd.hostKeyFingerprint()}`,
          },
        },
      },
    });
    await expect(runAction('check-server')).rejects.toMatchObject({ code: 'forbidden' });
    expect(answers).toHaveLength(1);
    expect(sshd.log().slice(logged)).not.toMatch(/Accepted|Failed|Postponed|userauth/);
  });

  it('is asked about again after its key was forgotten on purpose', async () => {
    await runAction('forget-host-key');
    expect(await hostKeys()).toEqual([]);
    expect(await open()).toMatchObject({ state: 'open' });
    expect(answers).toHaveLength(2);
    expect(await hostKeys()).toEqual([
      { type: 'ssh-ed25519', fingerprint: sshd.hostKeyFingerprint() },
    ]);
  });
});
