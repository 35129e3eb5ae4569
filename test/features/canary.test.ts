/** Secrets are planted, the core is driven through a day, and then every file and every frame is searched for them. */
import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { CloudError } from '../../preload/contract/errors.ts';
import type { Prompt, PromptAnswer } from '../../preload/contract/prompts.ts';
import type { Frame } from '../../preload/contract/wire.ts';
import { run } from '../support/child.ts';
import { type Honeypot, startHoneypot } from '../support/hostile-servers.ts';
import { requestRaw } from '../support/http-request.ts';
import { addressPort, closeServer, listen } from '../support/listening.ts';
import { type LiveCore, nextEvent, startLiveCore } from '../support/live-core.ts';
import { type Sshd, startSshd } from '../support/sshd.ts';
import { createTempDir } from '../support/temp-dir.ts';

const master = 'CANARY-master-"password"';
const wrongMaster = 'CANARY-wrong-master';
const wrongPassword = 'CANARY wrong/password+1';
const passphrase = 'CANARY-passphrase-ü';
const token = 'CANARYtoken0123456789abcdef';
const damagedKey =
  '-----BEGIN OPENSSH PRIVATE KEY-----\nCANARYdamagedkey\n-----END OPENSSH PRIVATE KEY-----\n';
/** What may be found, so that a search that finds nothing means something. */
const marker = 'MARKER-server';

const directory = createTempDir('canary');
let sshd: Sshd;
let honeypot: Honeypot;
let encryptedKey = '';
const jupyter = createServer((request, response) => {
  const known = request.headers.authorization === `token ${token}`;
  if (known) response.setHeader('Set-Cookie', 'session=of-the-browser; Path=/');
  response.writeHead(known ? 200 : 403).end('{}');
});

beforeAll(async () => {
  sshd = await startSshd({ config: ['UsePAM no'] });
  honeypot = await startHoneypot();
  const file = join(directory.path, 'encrypted');
  copyFileSync(sshd.privateKeyFile, file);
  await run('ssh-keygen', ['-q', '-p', '-P', '', '-N', passphrase, '-f', file]);
  encryptedKey = readFileSync(file, 'utf8');
  await listen(jupyter);
  const runtime = join(sshd.home, '.local/share/jupyter/runtime');
  mkdirSync(runtime, { recursive: true });
  const server = { port: addressPort(jupyter), token, base_url: '/', hostname: 'localhost' };
  writeFileSync(join(runtime, `jpserver-${process.pid}.json`), JSON.stringify(server));
});

afterAll(async () => {
  jupyter.closeAllConnections();
  await closeServer(jupyter);
  await honeypot.stop();
  await sshd.stop();
  directory.remove();
});

/** Each secret in the forms in which it could leak. */
function needles(): ReadonlyMap<string, string> {
  const lines = (key: string) => key.split('\n').filter((line) => /^[\w+/=]{16,}$/.test(line));
  const secrets = [master, wrongMaster, wrongPassword, passphrase, token]
    .concat(sshd.password || [])
    .concat(lines(sshd.privateKey), lines(encryptedKey), lines(damagedKey));
  return new Map(
    secrets.flatMap((secret) =>
      [
        secret,
        Buffer.from(secret).toString('latin1'),
        JSON.stringify(secret).slice(1, -1),
        encodeURIComponent(secret),
        Buffer.from(secret).toString('base64').replace(/=+$/, ''),
        Buffer.from(secret).toString('hex'),
      ].map((form) => [form, secret] as const),
    ),
  );
}

function filesIn(path: string): readonly string[] {
  return readdirSync(path, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

function search(texts: ReadonlyMap<string, string>): readonly string[] {
  const found: string[] = [];
  for (const [where, text] of texts) {
    for (const [form, secret] of needles()) {
      if (!text.includes(form)) continue;
      const at = text.indexOf(form);
      found.push(`${secret} in ${where}: ${text.slice(Math.max(at - 80, 0), at + 80)}`);
    }
  }
  return found;
}

const outcome = (promise: Promise<unknown>) =>
  promise.then(
    () => 'done',
    (error: unknown) => (error instanceof CloudError ? error.code : 'not a CloudError'),
  );

async function openTerminal({ client }: LiveCore, instance: string): Promise<string | undefined> {
  const settled = nextEvent(client, 'terminals.changed', ({ changed }) =>
    changed.some((terminal) => terminal.instance === instance && terminal.state !== 'connecting'),
  );
  const { id } = await client.call('terminals.open', { instance, columns: 80, rows: 24 });
  const { changed } = await settled;
  const terminal = changed.find((candidate) => candidate.id === id);
  if (terminal?.state === 'open') {
    const { stream, opened } = client.stream('terminals.attach', { id, from: -1 });
    await opened;
    stream.grant(1024 * 1024);
    let output = '';
    stream.onBytes((bytes) => {
      output += new TextDecoder().decode(bytes);
    });
    await vi.waitUntil(() => stream.credit > 0);
    stream.send(new TextEncoder().encode('echo out=$((20+3))\r'));
    await vi.waitUntil(() => output.includes('out=23'), { timeout: 15_000 });
    stream.end();
  }
  await client.call('terminals.close', { id });
  return terminal?.state;
}

/** What the person says; `say` is set for each scene. */
function createPerson() {
  const person = {
    say: (_prompt: Prompt): PromptAnswer => ({ kind: 'cancel' }),
    answer(prompt: Prompt): PromptAnswer {
      const { question } = prompt;
      if (question.kind === 'host-key') return { kind: 'trust' };
      if (question.kind !== 'keyboard-interactive') return person.say(prompt);
      return { kind: 'fields', values: question.fields.map(() => wrongPassword) };
    },
  };
  return person;
}

async function spendADay(live: LiveCore, person: ReturnType<typeof createPerson>): Promise<void> {
  const { client } = live;
  const typed = (secret: string, remember: boolean) => (): PromptAnswer => ({
    kind: 'secret',
    secret,
    remember,
  });
  const place = { port: sshd.port, user: sshd.user };

  const keyed = await live.addServer({
    ...place,
    name: marker,
    login: { kind: 'stored-key' },
    privateKey: sshd.privateKey,
  });
  expect(await openTerminal(live, keyed)).toBe('open');

  person.say = typed(passphrase, true);
  const locked = await live.addServer({
    ...place,
    login: { kind: 'stored-key' },
    privateKey: encryptedKey,
  });
  expect(await openTerminal(live, locked)).toBe('open');

  person.say = typed(wrongPassword, true);
  const wrong = await live.addServer({ ...place, login: { kind: 'password' } });
  expect(await openTerminal(live, wrong)).toBe('failed');
  const saved = await live.addServer({
    port: honeypot.port,
    user: 'ada',
    login: { kind: 'password' },
    password: wrongPassword,
  });
  expect(await openTerminal(live, saved)).toBe('failed');
  expect(honeypot.passwords()).toContain(wrongPassword);
  if (sshd.password) {
    person.say = typed(sshd.password, true);
    const right = await live.addServer({ ...place, login: { kind: 'password' } });
    expect(await openTerminal(live, right)).toBe('open');
  }

  const damaged = await live.addServer({
    ...place,
    login: { kind: 'stored-key' },
    privateKey: damagedKey,
  });
  expect(await openTerminal(live, damaged)).toBe('failed');
  const bad = { name: 'x', host: 'x', port: 0, user: 'x', password: wrongPassword };
  expect(await outcome(live.addServer(bad))).toBe('invalid');
  expect(await outcome(live.addServer({ ...bad, port: 1, surprise: wrongPassword }))).toBe(
    'invalid',
  );
  const nonsense = { mode: wrongMaster, password: wrongMaster } as never;
  expect(await outcome(client.call('vault.setUp', nonsense))).toBe('invalid');
  expect(
    await outcome(
      client.call('prompts.answer', { id: 'gone', answer: typed(wrongPassword, true)() }),
    ),
  ).toBe('not-found');

  const page = new AbortController();
  const sampled = nextEvent(client, 'metrics.sampled', ({ sample }) => sample.cpu !== undefined);
  const watching = outcome(client.call('metrics.watch', { instance: keyed }, page.signal));
  await sampled;
  page.abort();
  await watching;

  const opened = await client.call('tunnels.openJupyter', { instance: keyed });
  if (opened.kind !== 'ready') throw new Error(opened.kind);
  const url = new URL(opened.url);
  const entered = await requestRaw(Number(url.port), url.pathname, { host: url.host });
  expect(entered).toMatchObject({ status: 303, headers: { location: '/lab' } });
  expect(entered.headers['set-cookie']?.join()).toContain('session=');
  expect(JSON.stringify(entered)).not.toContain(token);
  sshd.dropSessions();
  await outcome(client.call('tunnels.openJupyter', { instance: keyed }));

  for (const key of [keyed, locked, saved]) await client.call('instances.detail', { key });
  await client.call('vault.status', {});
  await client.call('app.notices', {});
  await client.call('ssh.localKeys', {});
  live.core.log.error('a handler failed', {
    error: new Error(`with ${wrongPassword} and ${token}`),
    body: JSON.stringify({ deep: JSON.stringify({ master }) }),
  });
  const remove = { account: 'servers', action: 'remove-server', input: {} };
  await client.call('actions.run', { ...remove, instance: wrong });
}

describe.each(['master', 'memory'] as const)('with the vault in mode %s', (mode) => {
  const dataDirectory = join(directory.path, mode);
  const frames: string[] = [];
  const person = createPerson();
  const start = () =>
    startLiveCore({
      dataDirectory,
      answer: person.answer,
      onFrame: (frame: Frame) =>
        frames.push(typeof frame === 'string' ? frame : Buffer.from(frame).toString('latin1')),
    });

  beforeAll(async () => {
    const first = await start();
    const choice = mode === 'master' ? { mode, password: master } : { mode };
    await first.client.call('vault.setUp', choice);
    await spendADay(first, person);
    if (mode === 'master') {
      await first.client.call('vault.lock', {});
      await first.client.call('vault.unlock', { password: wrongMaster });
      await first.client.call('vault.unlock', { password: master });
    }
    await first.close();
    const second = await start();
    if (mode === 'master') {
      let asks = 0;
      person.say = () => {
        asks += 1;
        return { kind: 'secret', secret: asks === 1 ? wrongMaster : master, remember: false };
      };
      const { items } = await second.client.call('instances.list', {});
      const keyed = items.find(({ name }) => name === marker)?.key ?? '';
      expect(await openTerminal(second, keyed)).toBe('open');
    }
    await second.close();
  });

  it('no file in the data directory holds a secret: settings, vault, databases, backups, logs', () => {
    const texts = new Map(
      filesIn(dataDirectory).map((file) => [file, readFileSync(file, 'latin1')] as const),
    );
    expect(search(texts)).toEqual([]);
    const names = [...texts.keys()].map((file) => file.slice(dataDirectory.length + 1));
    expect(names).toEqual(
      expect.arrayContaining(['settings.json', 'history.db', 'known_hosts', 'logs/pilothouse.log']),
    );
    expect(names.includes('vault.json')).toBe(mode === 'master');
    expect([...texts.values()].some((text) => text.includes(marker))).toBe(true);
    expect(texts.get(join(dataDirectory, 'logs/pilothouse.log'))).toContain('[redacted]');
  });

  it('no frame to the page holds a secret', () => {
    const texts = new Map(frames.map((frame, index) => [`frame ${index}`, frame] as const));
    expect(search(texts)).toEqual([]);
    expect(frames.length).toBeGreaterThan(50);
    expect(frames.some((frame) => frame.includes(marker))).toBe(true);
    expect(frames.some((frame) => frame.includes('out=23'))).toBe(true);
  });
});

it('the search finds each secret in each form', () => {
  const forms = [...needles().keys()];
  const texts = new Map(
    forms.map((form, index) => [String(index), `before ${form} after`] as const),
  );
  expect(new Set(search(texts).map((line) => line.split(' in ')[1]?.split(':')[0])).size).toBe(
    forms.length,
  );
});
