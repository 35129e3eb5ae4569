/** Typing into several terminals: who gets it, in which words, and when it ends. */
import { describe, expect, it } from 'vitest';
import type { Terminal } from '../../preload/contract/terminals.ts';
import {
  followBroadcast,
  noBroadcast,
  startBroadcast,
  targetsOf,
  withoutTarget,
} from '../../renderer/terminal/broadcast.ts';
import { isTyping, keysFor } from '../../renderer/terminal/typed-keys.ts';

const three = startBroadcast(['a', 'b', 'c']);
const states = (state: Record<string, Terminal['state']>) =>
  new Map(Object.entries(state).map(([id, each]) => [id, { state: each }]));

describe('a broadcast', () => {
  it('goes to all that take part, and typing elsewhere stays where it is', () => {
    expect(targetsOf(three, 'b')).toEqual(['a', 'b', 'c']);
    expect(targetsOf(three, 'd')).toEqual(['d']);
  });

  it('of one is none', () => {
    expect(startBroadcast(['a'])).toBe(noBroadcast);
    expect(withoutTarget(withoutTarget(three, 'a'), 'b')).toBe(noBroadcast);
  });

  it.each<[string, Record<string, Terminal['state']>]>([
    ['closed', { a: 'open', b: 'open' }],
    ['lost', { a: 'open', b: 'open', c: 'connecting' }],
    ['ended', { a: 'open', b: 'open', c: 'closed' }],
  ])('ends for all when one is %s', (_how, state) => {
    expect(followBroadcast(three, states(state))).toBe(noBroadcast);
  });

  it('goes on while all are open', () => {
    expect(followBroadcast(three, states({ a: 'open', b: 'open', c: 'open' }))).toBe(three);
  });
});

describe('what is typed', () => {
  it.each(['a', '中文', '\r', '\u0003', '\u001b[A', '\u001b'])('%j goes to all', (data) => {
    expect(isTyping(data)).toBe(true);
  });

  it.each(['\u001b[<0;3;4M', '\u001b[<0;3;4m', '\u001b[M !!', '\u001b[I', '\u001b[O', '\u001b[0n'])(
    '%j is the terminal’s own',
    (data) => expect(isTyping(data)).toBe(false),
  );

  it.each([
    ['\u001b[A', true, '\u001bOA'],
    ['\u001bOA', false, '\u001b[A'],
    ['\u001b[H', true, '\u001bOH'],
    ['\u001b[3~', true, '\u001b[3~'],
    ['A', true, 'A'],
  ])('%j to a terminal with application keys: %s is %j', (data, application, sent) => {
    expect(keysFor(data, application)).toBe(sent);
  });
});
