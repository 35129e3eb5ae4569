/** The dialogs around an instance's life: names of snapshots, room for them, and what is open from here. */
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { instanceActions } from '../../main/clouds/glows/actions.ts';
import type { Terminal } from '../../preload/contract/terminals.ts';
import { liveWorkOf } from '../../renderer/instances/lifecycle/live-work-items.ts';
import { readSnapshotDraft } from '../../renderer/instances/lifecycle/snapshot-draft.ts';
import { suggestName } from '../../renderer/instances/lifecycle/snapshot-name.ts';
import { storageRoom } from '../../renderer/instances/lifecycle/storage-room.ts';
import { nameProblem, nameRules } from '../../renderer/instances/name-rules.ts';
import { canReconnect, paneMood } from '../../renderer/terminal/pane-mood.ts';
import { tunnelOf } from '../support/tunnel-of.ts';

const day = new Date(2026, 10, 5, 23, 30);
const none = new Set<string>();
/** As the page gets them: out of the action's own schema. */
const [takeSnapshot] = instanceActions(() => Promise.reject(new Error('not asked')));
const rules = nameRules(z.toJSONSchema(takeSnapshot?.input ?? z.never(), { io: 'input' }));

describe('the suggested name of a snapshot', () => {
  it('is the instance and the day', () => {
    expect(suggestName('llm-base', day, none, 64)).toBe('llm-base-2026-11-05');
  });

  it('is numbered where that is taken', () => {
    const taken = new Set(['llm-base-2026-11-05', 'llm-base-2026-11-05-2']);
    expect(suggestName('llm-base', day, taken, 64)).toBe('llm-base-2026-11-05-3');
  });

  it.each(['x'.repeat(500), '語'.repeat(64), '\u{1f600}'.repeat(40), 'a\u0000b\u202ec', '   ', ''])(
    'of %j may always be used',
    (instance) => {
      const name = suggestName(instance, day, none, 64);
      expect(nameProblem(name, rules)).toBeUndefined();
      expect(name.endsWith('2026-11-05')).toBe(true);
      expect(name).not.toMatch(/[\ud800-\udbff](?![\udc00-\udfff])/);
    },
  );
});

describe('a typed name', () => {
  it.each([
    ['good name', undefined],
    ['名稱 一', undefined],
    ['x'.repeat(64), undefined],
    ['x'.repeat(65), 'long'],
    ['', 'empty'],
    ['   ', 'empty'],
    [' x', 'spaces'],
    ['a\tb', 'unprintable'],
    ['a\u2028b', 'unprintable'],
    ['a\u200bb', 'unprintable'],
    ['a\u202eb', 'unprintable'],
  ])('%j: %s', (name, problem) => {
    expect(nameProblem(name, rules)).toBe(problem);
  });
});

describe('the room for a snapshot', () => {
  it.each([
    [100, 40, 30, 'enough'],
    [100, 40, undefined, 'enough'],
    [100, 40, 60, 'enough'],
    [100, 40, 61, 'tight'],
    [100, 40, 121, 'too-small'],
    [100, 100, 1, 'full'],
    [100, 130, undefined, 'full'],
    [0, 0, 0, 'full'],
  ] as const)('quota %s, used %s, disk %s: %s', (quotaBytes, usedBytes, disk, verdict) => {
    expect(storageRoom({ quotaBytes, usedBytes }, disk).verdict).toBe(verdict);
  });
});

describe('a draft from elsewhere', () => {
  it.each([
    [{ release: true }, true],
    [{ release: 'yes' }, false],
    [undefined, false],
  ])('%j ticks release: %s', (draft, release) => {
    expect(readSnapshotDraft(draft).release).toBe(release);
  });
});

const terminal = (part: Partial<Terminal>): Terminal => ({
  id: 't',
  instance: 'a/b',
  title: 'box',
  shell: 'plain',
  state: 'open',
  openedAt: '',
  ...part,
});

describe('what is open on an instance', () => {
  it('are its open terminals and started tunnels, and nobody else’s', () => {
    const tunnel = tunnelOf({ id: 'u', instance: 'a/b', localPort: 8889 });
    const work = liveWorkOf(
      'a/b',
      [
        terminal({ id: '1' }),
        terminal({ id: '2', instance: 'a/c' }),
        terminal({ id: '3', state: 'closed' }),
      ],
      [tunnel, { ...tunnel, id: 'v', state: 'stopped' }],
    );
    expect(work).toEqual([
      { kind: 'terminal', id: '1', text: 'box' },
      { kind: 'tunnel', id: 'u', text: '127.0.0.1:8889 → 8888' },
    ]);
  });
});

describe('a terminal whose instance went away', () => {
  const failed = (id: string) =>
    terminal({
      state: 'failed',
      failure: { code: 'conflict', message: id, retryable: false, rule: { id } },
    });

  it('waits calmly, and is not asked for again by hand', () => {
    expect(paneMood(failed('waits-for-snapshot'))).toBe('busy');
    expect(canReconnect(failed('waits-for-snapshot'))).toBe(false);
  });

  it('is over once the instance is released', () => {
    expect(canReconnect(terminal({ ...failed('instance-released'), state: 'closed' }))).toBe(false);
  });

  it('is asked for again when it failed for another reason', () => {
    expect(paneMood(failed('ssh-auth-failed'))).toBe('bad');
    expect(canReconnect(failed('ssh-auth-failed'))).toBe(true);
  });
});
