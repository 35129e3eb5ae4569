/** Which instances a choice offers first, for Enter takes the first. */
import { describe, expect, it } from 'vitest';
import { offeredInstances } from '../../renderer/terminal/offered-instances.ts';
import { makeInstance } from './make-instance.ts';

const ssh = { host: '127.0.0.1', port: 22, user: 'root' };
const fleet = ['pretrain', 'sdxl-train', 'Train-box', 'proxy'].map((id) =>
  makeInstance({ id, ssh }),
);
const offered = (text: string, selected?: string) =>
  offeredInstances(fleet, text, selected).map(({ id }) => id);

describe('a choice of an instance', () => {
  it('offers those whose names begin with what was typed before those that contain it', () => {
    expect(offered(' train')).toEqual(['Train-box', 'pretrain', 'sdxl-train']);
  });

  it('offers the one looked at first, and all in their order while nothing is typed', () => {
    expect(offered('', 'servers/Train-box')).toEqual([
      'Train-box',
      'pretrain',
      'sdxl-train',
      'proxy',
    ]);
    expect(offered('train', 'servers/sdxl-train')[0]).toBe('sdxl-train');
  });

  it('leaves out those without a place for SSH', () => {
    expect(offeredInstances([makeInstance({ id: 'train' })], 'train', undefined)).toEqual([]);
  });
});
