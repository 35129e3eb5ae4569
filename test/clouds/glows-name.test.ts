/** A name at Glows.ai is held to one rule, whichever way it comes. */
import { describe, expect, test } from 'vitest';
import { accountActions, instanceActions } from '../../main/clouds/glows/actions.ts';
import { extensionParts } from '../../main/clouds/glows/parts.ts';

const notAsked = () => Promise.reject(new Error('not asked'));
const clock = { now: () => 0, monotonic: () => 0 };
const { snapshots, groups } = extensionParts(notAsked, new Set(['snapshots', 'mesh']), clock);
const { signal } = new AbortController();

describe.each(['a\u202eb', 'a\u200bb', 'a\u2028b', 'a\nb', ' a', 'a ', ' ', '', 'x'.repeat(65)])(
  '%j',
  (name) => {
    test('is the name of no instance and no snapshot', () => {
      const [create] = accountActions('glows-1', notAsked);
      const [snapshot] = instanceActions(notAsked);
      for (const action of [create, snapshot]) {
        const { error } = action?.input.safeParse({ name }) ?? {};
        expect(error?.issues.map(({ path }) => path[0])).toContain('name');
      }
    });

    test('is refused before the cloud is asked to rename a snapshot or to make a group', async () => {
      const refused = { code: 'invalid', rule: { id: 'name-unprintable' } };
      await expect(snapshots?.rename('snap-1', name, signal)).rejects.toMatchObject(refused);
      await expect(groups?.create(name, signal)).rejects.toMatchObject(refused);
    });
  },
);
