/** The log holds no secret: neither by the name of a field nor by its value, in whatever form it stands. */
import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { createFileLog, createRedactor } from '../../main/core/log.ts';
import { newKeyPair } from '../support/key-pair.ts';
import { createTempDir } from '../support/temp-dir.ts';

const temporary = createTempDir('log');
afterAll(() => temporary.remove());
const directory = join(temporary.path, 'logs');
const written = () => readFileSync(join(directory, 'pilothouse.log'), 'utf8');
beforeEach(() => rmSync(directory, { recursive: true, force: true }));

describe('the redactor', () => {
  const difficult = 'CANARY "pass\\word" & 100% +ü/?#\n';

  it.each([
    ['as it is', difficult],
    ['in JSON', JSON.stringify({ value: difficult })],
    ['in JSON within JSON', JSON.stringify({ body: JSON.stringify({ value: difficult }) })],
    ['in a path of a URL', `https://host/${encodeURIComponent(difficult)}/x`],
    ['in a query of a URL', `https://host/?${new URLSearchParams({ token: difficult })}`],
    ['twice', `${difficult}${difficult}`],
  ])('takes a secret out where it stands %s', (_where, text) => {
    const redactor = createRedactor();
    expect(redactor.redact(text)).toContain('CANARY');
    redactor.learn(difficult);
    expect(redactor.redact(text)).not.toMatch(/CANARY|100%|word/);
    expect(redactor.redact(text)).toContain('[redacted]');
  });

  it('takes each line of a private key out', () => {
    const redactor = createRedactor();
    const key = newKeyPair().private;
    redactor.learn(key);
    for (const line of key.split('\n').filter(({ length }) => length > 40)) {
      expect(redactor.redact(`error at "${line}"`)).toBe('error at "[redacted]"');
    }
  });

  it.each([
    ['CANARY', 'CANARY-and-more'],
    ['CANARY-and-more', 'CANARY'],
  ])(
    'leaves no end of a secret that holds another one, learnt in the order %s, %s',
    (first, second) => {
      const redactor = createRedactor();
      redactor.learn(first);
      redactor.learn(second);
      expect(redactor.redact('<CANARY-and-more> <CANARY>')).toBe('<[redacted]> <[redacted]>');
    },
  );

  it('leaves text alone that only looks like a short secret', () => {
    const redactor = createRedactor();
    for (const secret of ['', 'a', 'the']) redactor.learn(secret);
    expect(redactor.redact('the cat and a hat')).toBe('the cat and a hat');
  });

  it('takes secrets that are no proper text', () => {
    const redactor = createRedactor();
    redactor.learn('CANARY\ud800');
    expect(redactor.redact('CANARY\ud800 passes')).toBe('[redacted] passes');
  });
});

describe('the log', () => {
  it.each(['password', 'passphrase', 'secret', 'token', 'privateKey', 'authorization', 'cookie'])(
    'never writes a field named %s, however deep it stands',
    (field) => {
      const log = createFileLog(directory, createRedactor());
      log.info('said', { [field]: 'CANARY' });
      log.warn('said', { request: { [field]: 'CANARY' } });
      log.error('said', { request: { headers: { [field]: 'CANARY' } } });
      expect(written().match(/\[redacted\]/g)).toHaveLength(3);
      expect(written()).not.toContain('CANARY');
    },
  );

  it('never writes a known secret, in a message, a field, an error or its stack', () => {
    const redactor = createRedactor();
    const log = createFileLog(directory, redactor);
    redactor.learn('CANARY "quoted"');
    log.info('with CANARY "quoted" in it');
    log.info('said', { url: 'https://x/?t=CANARY%20%22quoted%22', list: ['CANARY "quoted"'] });
    log.error('said', {
      error: new Error('refused CANARY "quoted"', { cause: 'CANARY "quoted"' }),
    });
    expect(written().trim().split('\n')).toHaveLength(3);
    expect(written()).not.toContain('CANARY');
    for (const line of written().trim().split('\n')) expect(() => JSON.parse(line)).not.toThrow();
  });

  it('says when, how bad and what, one JSON object a line, in a file only its owner reads', () => {
    const log = createFileLog(directory, createRedactor());
    log.warn('line\nbreak \u001b[2J', { count: 3 });
    const [line = '', ...rest] = written().trim().split('\n');
    expect(JSON.parse(line)).toMatchObject({ msg: 'line\nbreak \u001b[2J', count: 3, level: 40 });
    expect(JSON.parse(line).time).toMatch(/^\d{4}-\d\d-\d\dT/);
    expect(line).not.toContain('\u001b');
    expect(rest).toEqual([]);
    expect(statSync(join(directory, 'pilothouse.log')).mode & 0o777).toBe(0o600);
  });

  it('is put aside when it has grown, at the next start', () => {
    mkdirSync(directory, { recursive: true });
    writeFileSync(join(directory, 'pilothouse.log'), 'x'.repeat(5 * 1024 * 1024 + 1));
    createFileLog(directory, createRedactor()).info('fresh');
    expect(statSync(join(directory, 'pilothouse.log.1')).size).toBeGreaterThan(5 * 1024 * 1024);
    expect(written()).toContain('fresh');
    expect(written().length).toBeLessThan(1000);
  });
});
