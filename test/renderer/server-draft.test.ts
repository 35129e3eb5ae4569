/** What is typed about a server, and what it comes to. */
import { describe, expect, test } from 'vitest';
import {
  draftOfInstance,
  draftsOf,
  draftsOfConfig,
  emptyDraft,
  problemsOf,
  readPrice,
  toServerForm,
} from '../../renderer/instances/servers/server-draft.ts';
import { makeInstance } from './make-instance.ts';

const draft = { ...emptyDraft(0), host: 'tw-02.access.example' };

describe('a price', () => {
  test.each([
    ['0.65', { currency: 'USD', minor: 65, decimals: 2 }],
    ['0,650', { currency: 'USD', minor: 650, decimals: 3 }],
    ['12', { currency: 'USD', minor: 1200, decimals: 2 }],
    ['1.', { currency: 'USD', minor: 100, decimals: 2 }],
  ])('typed as %s is exact', (text, money) => {
    expect(readPrice(text, 'USD')).toEqual(money);
  });
  test.each(['', '-1', '1e3', '0.1234567', 'free', '1 2'])('is not read from "%s"', (text) => {
    expect(readPrice(text, 'USD')).toBeUndefined();
  });
});

describe('problems', () => {
  test('there are none with a host', () => expect(problemsOf(draft)).toEqual({}));
  test('are named field by field', () => {
    const wrong = { ...draft, host: ' ', port: '70000', user: '', price: 'x' };
    expect(problemsOf(wrong)).toEqual({
      host: 'hostMissing',
      port: 'portRange',
      user: 'userMissing',
      price: 'priceUnread',
    });
  });
  test('include a key that was to be given, unless one is kept already', () => {
    const keyed = { ...draft, login: 'stored-key' as const };
    expect(problemsOf(keyed)).toEqual({ privateKey: 'keyMissing' });
    expect(problemsOf(keyed, true)).toEqual({});
  });
});

describe('the form that is sent', () => {
  test('takes the host for a name that was left empty', () => {
    expect(toServerForm(draft).name).toBe('tw-02.access.example');
  });
  test('has each tag once and none that is empty', () => {
    expect(toServerForm({ ...draft, tags: 'a, b,,a , ' }).tags).toEqual(['a', 'b']);
  });
  test('carries only the secrets its login can use', () => {
    const full = { ...draft, password: 'p', privateKey: 'k', passphrase: 'f' };
    expect(toServerForm(full)).toMatchObject({ password: 'p' });
    expect(toServerForm(full)).not.toHaveProperty('privateKey');
    const keyed = toServerForm({ ...full, login: 'stored-key' });
    expect(keyed).toMatchObject({ privateKey: 'k\n', passphrase: 'f' });
    expect(keyed).not.toHaveProperty('password');
    expect(toServerForm({ ...full, login: 'agent' })).not.toHaveProperty('password');
  });
});

describe('a server that follows a name of the configuration', () => {
  const [followed] = draftsOfConfig([
    {
      alias: 'gpu-1',
      host: '10.0.0.5',
      port: 2222,
      user: 'me',
      jumps: ['bastion'],
      followed: false,
      notes: [],
      usable: true,
    },
  ]);
  test('is sent with it, and with no login of its own', () => {
    const form = toServerForm({ ...draft, ...followed, login: 'key', keyName: 'work' });
    expect(form).toMatchObject({
      name: 'gpu-1',
      host: '10.0.0.5',
      port: 2222,
      user: 'me',
      configAlias: 'gpu-1',
      login: { kind: 'automatic' },
    });
  });
  test('keeps name and jump hosts when it is edited', () => {
    const instance = makeInstance({
      id: 'x',
      ssh: { host: 'h', port: 22, user: 'me' },
      follows: 'gpu-1',
    });
    const facts = [{ label: 'jumps', value: 'ops@bastion:2222, gateway:22' }];
    expect(toServerForm(draftOfInstance(instance, facts))).toMatchObject({
      configAlias: 'gpu-1',
      jumps: [
        { user: 'ops', host: 'bastion', port: 2222 },
        { host: 'gateway', port: 22 },
      ],
    });
  });
  test('says that it follows nothing once that is taken back', () => {
    const form = toServerForm({ ...draft, ...followed, configAlias: '' });
    expect(form).toMatchObject({ configAlias: null, jumps: null });
  });
  test('is edited even when the name is gone, with the place last written down', () => {
    const facts = [
      { label: 'host', value: 'h' },
      { label: 'port', value: '2200' },
      { label: 'user', value: 'me' },
    ];
    const { ssh: _ssh, ...gone } = makeInstance({ id: 'x', follows: 'gpu-1' });
    expect(problemsOf(draftOfInstance(gone, facts))).toEqual({});
  });
});

describe('drafts', () => {
  test('come of the lines that were understood', () => {
    const drafts = draftsOf([
      { kind: 'refused', line: 'rm -rf /', rule: { id: 'command-shell-syntax' } },
      {
        kind: 'parsed',
        line: 'ssh -p 15692 -i ~/.ssh/work root@h',
        host: 'h',
        port: 15_692,
        user: 'root',
        keyName: 'work',
        ignored: [],
      },
    ]);
    expect(drafts).toHaveLength(1);
    expect(drafts[0]).toMatchObject({ name: 'h', port: '15692', login: 'key', keyName: 'work' });
  });

  test('of an instance know its login and price, and no secret', () => {
    const instance = makeInstance({
      id: 'x',
      ssh: { host: 'h', port: 22, user: 'me' },
      tags: ['a', 'b'],
      cost: { perHour: { currency: 'TWD', minor: 4150, decimals: 2 }, estimate: true },
    });
    const facts = [
      { label: 'login', value: 'key' },
      { label: 'key-name', value: 'work' },
    ];
    expect(draftOfInstance(instance, facts)).toMatchObject({
      login: 'key',
      keyName: 'work',
      price: '41.50',
      currency: 'TWD',
      tags: 'a, b',
      password: '',
    });
  });
});
