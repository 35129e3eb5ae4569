/** Addresses that clouds give to one machine after the other, and authorities whose certificates cannot be checked. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifyHostKey } from '../../main/features/ssh/connect.ts';
import { judgeHostKey } from '../../main/features/ssh/judge-host-key.ts';
import { openKnownHosts } from '../../main/features/ssh/known-hosts.ts';
import type { CloudError } from '../../preload/contract/errors.ts';
import type { PromptAnswer } from '../../preload/contract/prompts.ts';
import { createConnectParts, requestFor } from '../support/connect-parts.ts';
import { type Honeypot, startHoneypot } from '../support/hostile-servers.ts';
import { newKeyPair } from '../support/key-pair.ts';
import { createTempDir } from '../support/temp-dir.ts';

const directory = createTempDir('sightings');
let round = 0;
const blobOf = (line: string) => Buffer.from(line.split(' ')[1] ?? '', 'base64');
const newKey = () => blobOf(newKeyPair().public);
const store = (userText = '') => {
  round += 1;
  const data = join(directory.path, `data-${round}`);
  const userFile = join(directory.path, `user-${round}`);
  mkdirSync(data);
  writeFileSync(userFile, userText);
  return { data, open: () => openKnownHosts(data, [userFile]) };
};
afterAll(() => directory.remove());

it('of two keys shown for a name at the same time only one is trusted, whatever is said to the other', async () => {
  const { connectParts, remove } = await createConnectParts();
  const trustBoth: (() => void)[] = [];
  const prompts = {
    ask: () =>
      new Promise<PromptAnswer>((resolve) => trustBoth.push(() => resolve({ kind: 'trust' }))),
  };
  const request = requestFor({ port: 22, user: 'ada' });
  const judge = (key: Buffer) =>
    judgeHostKey({ ...connectParts, prompts }, request, key).then(
      () => 'trusted',
      (error: CloudError) => error.rule?.id,
    );
  const [real, other] = [newKey(), newKey()];
  const verdicts = [judge(real), judge(other), judge(real)];
  await expect.poll(() => trustBoth.length).toBe(3);
  for (const trust of trustBoth) trust();
  expect(await Promise.all(verdicts)).toEqual(['trusted', 'host-key-changed', 'trusted']);
  remove();
});

describe('an address', () => {
  const address = '203.0.113.7:22';

  it('tells which other machine was trusted there last, after a restart too', () => {
    const { open } = store();
    open().trust('glows-1', newKey(), { address, name: 'training 一號' });
    open().trust('glows-2', newKey(), { address, name: 'second' });
    expect(open().formerNameAt(address, 'glows-3')).toBe('second');
    expect(open().formerNameAt(address, 'glows-2')).toBe('training 一號');
    expect(open().formerNameAt('203.0.113.7:2222', 'glows-3')).toBeUndefined();
  });

  it('is nothing to the verdict: each name has the keys it was trusted with', () => {
    const { open } = store();
    const key = newKey();
    open().trust('glows-1', key, { address, name: 'first' });
    expect(open().judge('glows-1', key, []).kind).toBe('trusted');
    expect(open().judge('glows-1', newKey(), []).kind).toBe('changed');
    expect(open().judge('glows-2', key, []).kind).toBe('unknown');
  });

  it('stands in a comment that OpenSSH reads over, and a comment of somebody else tells nothing', () => {
    const { data, open } = store();
    const key = newKeyPair().public;
    open().trust('box', blobOf(key), { address: '[::1]:22', name: 'a b\nevil ssh-ed25519 AAAA' });
    const text = readFileSync(join(data, 'known_hosts'), 'utf8');
    expect(text.trim().split('\n')).toHaveLength(1);
    expect(text).toContain(`box ${key} at=%5B%3A%3A1%5D%3A22 as=`);
    writeFileSync(join(data, 'known_hosts'), `box ${key} ada@home at=%\n`);
    expect(open().formerNameAt('%', 'other')).toBeUndefined();
    open().trust('other', newKey());
    expect(readFileSync(join(data, 'known_hosts'), 'utf8')).toContain(`box ${key} ada@home at=%\n`);
  });
});

describe('an authority', () => {
  it('leaves the key unknown, and is told', () => {
    const { open } = store(`@cert-authority *.example.com ${newKeyPair().public}\n`);
    expect(open().judge('box.example.com', newKey(), [])).toEqual({
      kind: 'unknown',
      certAuthority: true,
    });
    expect(open().judge('box.example.org', newKey(), [])).toEqual({
      kind: 'unknown',
      certAuthority: false,
    });
  });
});

describe('the question at first sight', () => {
  let honeypot: Honeypot;
  beforeAll(async () => {
    honeypot = await startHoneypot();
  });
  afterAll(() => honeypot.stop());

  it('names the machine that was known at the address before, and an authority', async () => {
    const parts = await createConnectParts(() => ({ kind: 'trust' }));
    writeFileSync(
      join(parts.homeDirectory, '.ssh/known_hosts'),
      `@cert-authority cloud-2 ${newKeyPair().public}\n`,
    );
    const see = (hostKeyName: string, name: string) =>
      verifyHostKey(
        parts.connectParts,
        requestFor(
          { port: honeypot.port, user: 'ada', hostKeyName },
          { owner: { kind: 'check', instance: `test/${name}`, name, address: '' } },
        ),
      );
    await see('cloud-1', 'first');
    await see('cloud-2', 'second');
    expect(parts.asked).toHaveLength(2);
    expect(parts.asked[0]).not.toHaveProperty('formerInstance');
    expect(parts.asked[0]).not.toHaveProperty('certAuthority');
    expect(parts.asked[1]).toMatchObject({ formerInstance: 'first', certAuthority: true });
    parts.remove();
  });
});
