/** A new instance before it is ordered: what is chosen, what is wrong, what it costs, and waiting for stock. */
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { accountActions } from '../../main/clouds/glows/actions.ts';
import type { Account } from '../../preload/contract/accounts.ts';
import type { ActionDescription } from '../../preload/contract/actions.ts';
import type { DataDrive, HardwareSpec } from '../../preload/contract/catalogue.ts';
import {
  type CreateDraft,
  emptyDraft,
  mostUnits,
  priceOf,
  regionsOf,
  settle,
} from '../../renderer/create/create-draft.ts';
import { toCreateInput } from '../../renderer/create/create-input.ts';
import { isOrderable, problemsOf } from '../../renderer/create/create-problems.ts';
import { readStart } from '../../renderer/create/create-start.ts';
import { createStockWatches, hasArrived } from '../../renderer/create/stock-watches.ts';
import { nameRules } from '../../renderer/instances/name-rules.ts';

const makeSpec = (part: Partial<HardwareSpec>): HardwareSpec => ({
  kind: 'gpu',
  name: 'RTX 4090',
  region: 'TW-03',
  gpuCount: 1,
  gpuMemoryBytes: 24e9,
  cpuModel: 'EPYC',
  cpuCount: 16,
  memoryBytes: 64e9,
  diskBytes: 200e9,
  perHour: { currency: 'credits', minor: 650, decimals: 3 },
  stock: 5,
  maxUnits: 8,
  ...part,
});
/** As the page gets them: out of the action's own schema. */
const [create] = accountActions('glows-1', () => Promise.reject(new Error('not asked')));
const names = nameRules(z.toJSONSchema(create?.input ?? z.never(), { io: 'input' }));
const drive: DataDrive = { id: 'drive-3', region: 'TW-03', totalBytes: 100, usedBytes: 10 };
const offered = {
  hardware: [
    makeSpec({}),
    makeSpec({ region: 'TW-01' }),
    makeSpec({ name: 'H100', stock: 0 }),
    makeSpec({ kind: 'cpu', name: 'EPYC 8C', region: 'TW-02' }),
  ],
  drives: [drive],
};
const complete: CreateDraft = {
  ...emptyDraft({}),
  imageId: 'img-1',
  region: 'TW-03',
  hardware: 'RTX 4090',
  name: 'trainer',
};

test('the wizard begins with the snapshot or image it was opened for, and with nothing else from outside', () => {
  expect(emptyDraft(readStart({ snapshotId: 'snap-1' }))).toMatchObject({
    source: 'snapshot',
    snapshotId: 'snap-1',
  });
  expect(emptyDraft(readStart({ imageId: 'img-1' }))).toMatchObject({
    source: 'image',
    imageId: 'img-1',
  });
  for (const odd of [undefined, null, 7, { snapshotId: 7 }, { name: 'x' }]) {
    expect(emptyDraft(readStart(odd))).toEqual(emptyDraft({}));
  }
});

describe('what is chosen', () => {
  test('is in the first region that has hardware of the kind', () => {
    expect(regionsOf(offered.hardware, 'gpu')).toEqual(['TW-01', 'TW-03']);
    expect(settle(emptyDraft({}), offered).region).toBe('TW-01');
    expect(settle({ ...complete, kind: 'cpu' }, offered).region).toBe('TW-02');
  });

  test('leaves the data drive behind when it moves to another region', () => {
    const moved = settle({ ...complete, kind: 'cpu', driveId: 'drive-3' }, offered);
    expect(moved.driveId).toBe('');
  });

  test('has no more units than are in stock, nor than one instance may have', () => {
    expect(mostUnits(makeSpec({ stock: 5, maxUnits: 8 }))).toBe(5);
    expect(mostUnits(makeSpec({ stock: 50, maxUnits: 8 }))).toBe(8);
    const { stock: _untold, ...silent } = makeSpec({ maxUnits: 8 });
    expect(mostUnits(silent)).toBe(8);
    expect(settle({ ...complete, units: 7 }, offered).units).toBe(5);
  });

  test('costs its price times its units, to the minor unit', () => {
    expect(priceOf(makeSpec({}), 3)).toEqual({ currency: 'credits', minor: 1950, decimals: 3 });
  });

  test('stays as it was typed while there is no catalogue', () => {
    const typed = { ...complete, region: 'typed-by-hand', units: 40 };
    expect(settle(typed, { hardware: undefined, drives: undefined })).toBe(typed);
  });
});

describe('a draft', () => {
  const problems = (part: Partial<CreateDraft>) =>
    problemsOf({ ...complete, ...part }, offered, names);

  test('that is complete can be ordered', () => {
    expect(isOrderable(problems({}))).toBe(true);
  });

  test.each<[string, Partial<CreateDraft>, object]>([
    ['no source', { imageId: ' ' }, { source: 'missing' }],
    ['an image but asks for a snapshot', { source: 'snapshot' }, { source: 'missing' }],
    ['hardware of another region', { region: 'TW-01', hardware: 'H100' }, { hardware: 'missing' }],
    ['hardware that is out of stock', { hardware: 'H100' }, { hardware: 'out-of-stock' }],
    ['more units than there are', { units: 6 }, { units: 'range' }],
    ['half a unit', { units: 1.5 }, { units: 'range' }],
    ['a name of blanks', { name: '  ' }, { name: 'empty' }],
    ['a name that turns the text around', { name: 'a\u202eb' }, { name: 'unprintable' }],
    ['port 0', { ports: [{ port: '0', protocol: 'tcp' }] }, { ports: ['range'] }],
    ['a port in words', { ports: [{ port: 'http', protocol: 'tcp' }] }, { ports: ['range'] }],
    [
      'one port twice',
      {
        ports: [
          { port: '80', protocol: 'tcp' },
          { port: '080', protocol: 'https' },
        ],
      },
      { ports: [undefined, 'twice'] },
    ],
    [
      'a variable without a name',
      { variables: [{ name: '', value: 'x' }] },
      { variables: ['name'] },
    ],
    [
      'a variable whose value would begin another',
      { variables: [{ name: 'A', value: 'x;B=y' }] },
      { variables: ['value'] },
    ],
    [
      'one variable twice',
      {
        variables: [
          { name: 'A', value: '1' },
          { name: 'A', value: '2' },
        ],
      },
      { variables: [undefined, 'twice'] },
    ],
  ])('with %s cannot be ordered', (_what, part, problem) => {
    expect(problems(part)).toMatchObject(problem);
    expect(isOrderable(problems(part))).toBe(false);
  });

  test('that waits for stock may be complete but for the hardware', () => {
    const waiting = problems({ hardware: 'H100' });
    expect(isOrderable(waiting, ['hardware', 'units'])).toBe(true);
    expect(isOrderable(problems({ hardware: 'H100', name: '' }), ['hardware', 'units'])).toBe(
      false,
    );
  });

  test('becomes the input of the action, and says nothing of what was left out', () => {
    expect(toCreateInput(complete, offered)).toEqual({
      name: 'trainer',
      source: { kind: 'image', id: 'img-1' },
      hardware: { kind: 'gpu', name: 'RTX 4090' },
      region: 'TW-03',
      units: 1,
    });
    expect(
      toCreateInput(
        {
          ...complete,
          driveId: 'drive-3',
          driveReadOnly: true,
          ports: [{ port: ' 7860 ', protocol: 'https' }],
          variables: [{ name: 'A', value: '1' }],
        },
        offered,
      ),
    ).toMatchObject({
      dataDrive: { id: 'drive-3', readOnly: true },
      ports: [{ port: 7860, protocol: 'https' }],
      environment: { A: '1' },
    });
  });
});

describe('waiting for stock', () => {
  const wish = {
    start: { account: { id: 'sandbox' } as Account, description: {} as ActionDescription },
    kind: 'gpu',
    name: 'H100',
    region: 'TW-03',
    units: 2,
  } as const;
  const watch = { ...wish, id: 'w' };

  test('ends when as many units are there as were asked for', () => {
    expect(hasArrived(watch, [makeSpec({ name: 'H100', stock: 1 })])).toBe(false);
    expect(hasArrived(watch, [makeSpec({ name: 'H100', stock: 2 })])).toBe(true);
    expect(hasArrived(watch, [makeSpec({ name: 'H100', stock: 9, region: 'TW-04' })])).toBe(false);
    expect(hasArrived(watch, [])).toBe(false);
  });

  test('is acted on once, whoever comes first', () => {
    const store = createStockWatches();
    store.getState().add(wish);
    const [first] = store.getState().watches;
    expect(store.getState().take(first?.id ?? '')).toBe(true);
    expect(store.getState().take(first?.id ?? '')).toBe(false);
  });

  test('is one wish per hardware: the later one replaces the former', () => {
    const store = createStockWatches();
    store.getState().add(wish);
    store.getState().add({ ...wish, units: 4 });
    expect(store.getState().watches.map(({ units }) => units)).toEqual([4]);
  });
});
