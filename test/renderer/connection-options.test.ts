/** Connection options and jump hosts as they are typed, and what they come to. */
import { describe, expect, test } from 'vitest';
import type { ConnectionOptions } from '../../preload/contract/ssh.ts';
import { connectionOptionsSchema } from '../../preload/contract/ssh.ts';
import { jumpPlacesText, readJumpPlaces } from '../../renderer/instances/servers/jump-places.ts';
import { jumpText, readJump } from '../../renderer/ssh/jump.ts';
import { freshKeyDraft, problemsOfKey } from '../../renderer/ssh/key-draft.ts';
import {
  addJump,
  draftOfOptions,
  mostJumps,
  moveJump,
  problemsOfOptions,
  removeJump,
  toOptions,
} from '../../renderer/ssh/options-draft.ts';

const usual: ConnectionOptions = {
  keepaliveSeconds: null,
  shareConnection: true,
  jumps: null,
  forwardAgent: false,
  shell: 'plain',
  clipboardWrite: 'ask',
};
const bastion = { kind: 'address', host: 'bastion', port: 2222, user: 'ops' } as const;
const gateway = { kind: 'instance', instance: 'servers/gateway' } as const;

describe('a jump host', () => {
  test.each([
    ['ops@bastion', { kind: 'address', user: 'ops', host: 'bastion', port: 22 }],
    ['ops@bastion:2222', bastion],
    [' ops@[fe80::1]:22 ', { kind: 'address', user: 'ops', host: 'fe80::1', port: 22 }],
  ])('is read from "%s"', (text, jump) => expect(readJump(text)).toEqual(jump));

  test.each([
    '',
    'bastion',
    '@bastion',
    'ops@',
    'ops@bastion:0',
    'ops@bastion:65536',
    'ops@bastion:x',
    'ops@-oProxyCommand=x',
    '-l@bastion',
    'ops@a b',
    'ops@a,ops@b',
    'ops@fe80::1',
  ])('is not read from "%s"', (text) => expect(readJump(text)).toBeUndefined());

  test('reads as it was typed, or as the name of its instance', () => {
    expect(jumpText(bastion, () => undefined)).toBe('ops@bastion:2222');
    expect(jumpText(gateway, () => 'Gateway')).toBe('Gateway');
    expect(jumpText(gateway, () => undefined)).toBe('servers/gateway');
  });
});

describe('machines on the way to a server', () => {
  test.each(['', 'bastion', 'ops@bastion:2222, gateway', '[fe80::1]:2222, me@[::1]'])(
    '"%s" is read and written again',
    (text) => expect(jumpPlacesText(readJumpPlaces(text) ?? [])).toBe(text),
  );
  test('are refused where one is no place, and beyond eight', () => {
    expect(readJumpPlaces('bastion, ops@')).toBeUndefined();
    expect(readJumpPlaces(Array(9).fill('a').join(','))).toBeUndefined();
  });
});

describe('connection options', () => {
  test.each([
    ['as usual, nothing followed', usual, false],
    ['as usual, following', usual, true],
    ['direct against the configuration', { ...usual, jumps: [] }, true],
    ['through jump hosts', { ...usual, jumps: [bastion, gateway] }, true],
    ['without keepalives', { ...usual, keepaliveSeconds: 0 }, false],
    ['with keepalives of their own', { ...usual, keepaliveSeconds: 40 }, false],
    ['all else', { ...usual, shareConnection: false, forwardAgent: true, shell: 'tmux' }, false],
  ] as const)('%s come out as they went in', (_what, options, follows) => {
    const draft = draftOfOptions(options as ConnectionOptions, follows);
    expect(problemsOfOptions(draft)).toEqual({});
    expect(toOptions(draft, follows)).toEqual(options);
    expect(connectionOptionsSchema.parse(toOptions(draft, follows))).toEqual(options);
  });

  test('direct is as usual where nothing is followed', () => {
    const draft = draftOfOptions({ ...usual, jumps: [] }, false);
    expect(toOptions(draft, false).jumps).toBeNull();
  });

  test('take what stands in the field for the next jump host', () => {
    const draft = { ...draftOfOptions(usual, false), way: 'jumps' as const };
    expect(problemsOfOptions(draft)).toEqual({ jumps: 'jumpsMissing' });
    expect(problemsOfOptions({ ...draft, typedJump: 'bast' })).toEqual({ jumps: 'jumpUnread' });
    const typed = { ...draft, typedJump: 'ops@bastion:2222' };
    expect(problemsOfOptions(typed)).toEqual({});
    expect(toOptions(typed, false).jumps).toEqual([bastion]);
  });

  test.each(['', 0, 1.5, 3601, 'x'])('"%s" is no number of seconds', (keepaliveSeconds) => {
    const draft = { ...draftOfOptions(usual, false), keepalive: 'seconds' as const };
    expect(problemsOfOptions({ ...draft, keepaliveSeconds })).toEqual({
      keepaliveSeconds: 'seconds',
    });
  });
});

describe('the order of jump hosts', () => {
  const draft = addJump(addJump(draftOfOptions(usual, false), bastion), gateway);
  const order = (moved: typeof draft) => moved.jumps.map(({ id }) => id);
  test('is changed one step at a time, and not past its ends', () => {
    expect(order(draft)).toEqual([0, 1]);
    expect(order(moveJump(draft, 1, -1))).toEqual([1, 0]);
    expect(order(moveJump(draft, 0, -1))).toEqual([0, 1]);
    expect(order(moveJump(draft, 1, 1))).toEqual([0, 1]);
  });
  test('keeps each one’s identity when another leaves or comes', () => {
    const without = removeJump(draft, 0);
    expect(order(without)).toEqual([1]);
    expect(order(addJump(without, bastion))).toEqual([1, 2]);
  });
  test('ends at the most there may be', () => {
    let full = draft;
    for (let count = 0; count < 20; count += 1) full = addJump(full, bastion);
    expect(full.jumps).toHaveLength(mostJumps);
  });
});

describe('a key to be made', () => {
  test('gets a name that is free', () => {
    expect(freshKeyDraft([]).name).toBe('pilothouse_ed25519');
    expect(freshKeyDraft(['pilothouse_ed25519', 'pilothouse_ed25519_2']).name).toBe(
      'pilothouse_ed25519_3',
    );
  });
  test('says what is wrong with it', () => {
    const draft = { ...freshKeyDraft([]), passphrase: 'a', again: 'b' };
    expect(problemsOfKey(draft, [])).toEqual({ again: 'differs' });
    expect(problemsOfKey({ ...draft, name: '../x', again: 'a' }, [])).toEqual({
      name: 'nameInvalid',
    });
    expect(problemsOfKey({ ...draft, name: 'work', again: 'a' }, ['work'])).toEqual({
      name: 'nameTaken',
    });
  });
});
