/** Which instances the table shows, and in which order. */
import { describe, expect, test } from 'vitest';
import type { Account } from '../../preload/contract/accounts.ts';
import type { Instance } from '../../preload/contract/instances.ts';
import { type Filter, facetChoices, filterRows } from '../../renderer/instances/filter-rows.ts';
import { createRowMaker, type Row } from '../../renderer/instances/rows.ts';
import { sortRows } from '../../renderer/instances/sort-rows.ts';
import { countTabs } from '../../renderer/instances/state-tabs.ts';
import { burnOf } from '../../renderer/instances/totals.ts';
import { makeInstance } from './make-instance.ts';

const account: Account = {
  id: 'servers',
  cloud: 'servers',
  name: 'Own servers',
  reading: 'ok',
  parts: [],
  connected: false,
  actions: [],
};
const accounts = new Map([[account.id, account]]);
const rowsOf = (...instances: readonly Instance[]) => createRowMaker()(instances, accounts);
const names = (rows: readonly Row[]) => rows.map(({ instance }) => instance.name);
const everything: Filter = { tab: 'all', search: '', chips: [] };

const train = makeInstance({ id: 'a', name: 'SDXL-Train', gpu: 'RTX 4090', tags: ['training'] });
const evaluation = makeInstance({
  id: 'b',
  name: 'llm-eval',
  gpu: 'V100',
  tags: ['training', 'demo'],
  ssh: { host: '10.0.4.11', port: 15692, user: 'root' },
});
const stopped = makeInstance({
  id: 'c',
  name: '語音辨識',
  state: { kind: 'stopped', word: 'Stopped', transient: false, billed: 'storage' },
});

describe('the search', () => {
  const rows = rowsOf(train, evaluation, stopped);
  const search = (text: string) => names(filterRows(rows, { ...everything, search: text }));

  test('finds without regard to case', () => expect(search('sdxl')).toEqual(['SDXL-Train']));
  test('finds what is not Latin', () => expect(search('辨識')).toEqual(['語音辨識']));
  test('finds an address with its port', () => expect(search('4.11:15692')).toEqual(['llm-eval']));
  test('finds by the account', () => expect(search('own serv')).toHaveLength(3));
  test('wants every word', () => expect(search('training v100')).toEqual(['llm-eval']));
  test('does not find across the borders of two fields', () => {
    expect(search('trainingdemo')).toEqual([]);
  });
  test('of nothing but spaces shows all, and the very same rows', () => {
    expect(filterRows(rows, { ...everything, search: '  ' })).toBe(rows);
  });
  test('takes a name of 10,000 characters', () => {
    const long = rowsOf(makeInstance({ id: 'l', name: `start${'x'.repeat(10_000)}` }));
    expect(filterRows(long, { ...everything, search: 'startx' })).toHaveLength(1);
  });
});

describe('chips', () => {
  const rows = rowsOf(train, evaluation, stopped);

  test('of one facet widen each other', () => {
    const chips = [
      { facet: 'gpu', value: 'V100' },
      { facet: 'gpu', value: 'RTX 4090' },
    ] as const;
    expect(filterRows(rows, { ...everything, chips })).toHaveLength(2);
  });

  test('of different facets narrow each other', () => {
    const chips = [
      { facet: 'tag', value: 'training' },
      { facet: 'gpu', value: 'V100' },
    ] as const;
    expect(names(filterRows(rows, { ...everything, chips }))).toEqual(['llm-eval']);
  });

  test('offer what occurs, the most frequent first', () => {
    expect(facetChoices(rows, 'tag')).toEqual([
      { value: 'training', label: 'training', count: 2 },
      { value: 'demo', label: 'demo', count: 1 },
    ]);
    expect(facetChoices(rows, 'account')).toEqual([
      { value: 'servers', label: 'Own servers', count: 3 },
    ]);
  });
});

describe('sorting', () => {
  const sorted = (
    column: 'name' | 'cost' | 'load',
    descending: boolean,
    ...instances: readonly Instance[]
  ) => names(sortRows(rowsOf(...instances), { column, descending }, 'en'));
  const named = (name: string) => makeInstance({ id: name, name });
  const usd = (minor: number, decimals = 2) => ({
    accrued: { currency: 'USD', minor, decimals },
    estimate: true,
  });

  test('puts node-2 before node-10', () => {
    const unsorted = ['node-10', 'Node-1', 'node-2'].map(named);
    expect(sorted('name', false, ...unsorted)).toEqual(['Node-1', 'node-2', 'node-10']);
  });

  test('puts other scripts after Latin, in both directions consistently', () => {
    const unsorted = ['語音', 'b', 'a'].map(named);
    expect(sorted('name', false, ...unsorted)).toEqual(['a', 'b', '語音']);
    expect(sorted('name', true, ...unsorted)).toEqual(['語音', 'b', 'a']);
  });

  test('compares amounts of different decimals by their worth', () => {
    const cheap = makeInstance({ id: 'cheap', cost: usd(650, 3) });
    const dear = makeInstance({ id: 'dear', cost: usd(66) });
    expect(sorted('cost', false, dear, cheap)).toEqual(['cheap', 'dear']);
  });

  test('leaves rows without a value last in both directions', () => {
    const priced = makeInstance({ id: 'priced', cost: usd(1) });
    const free = makeInstance({ id: 'a-free' });
    expect(sorted('cost', false, free, priced)).toEqual(['priced', 'a-free']);
    expect(sorted('cost', true, free, priced)).toEqual(['priced', 'a-free']);
  });

  test('takes the load of the GPU where there is one', () => {
    const at = '2026-01-01T00:00:00Z';
    const busyGpu = makeInstance({ id: 'gpu', load: { at, cpu: 0.1, gpu: 0.9 } });
    const busyCpu = makeInstance({ id: 'cpu', load: { at, cpu: 0.5 } });
    expect(sorted('load', true, busyCpu, busyGpu)).toEqual(['gpu', 'cpu']);
  });
});

describe('rows', () => {
  test('are made once as long as neither instance nor account name changes', () => {
    const makeRows = createRowMaker();
    const [first] = makeRows([train], accounts);
    expect(makeRows([train], accounts)[0]).toBe(first);
    expect(makeRows([{ ...train }], accounts)[0]).not.toBe(first);
    const renamed = new Map([[account.id, { ...account, name: 'Mine' }]]);
    expect(makeRows([train], renamed)[0]?.accountName).toBe('Mine');
  });
});

describe('the state tabs', () => {
  test('always have Running and All, and others only where they occur', () => {
    expect(countTabs([], 'all')).toEqual([
      { tab: 'running', count: 0 },
      { tab: 'all', count: 0 },
    ]);
    expect(countTabs(rowsOf(stopped, train), 'all')).toEqual([
      { tab: 'running', count: 1 },
      { tab: 'stopped', count: 1 },
      { tab: 'all', count: 2 },
    ]);
  });

  test('keep the chosen one after its last instance left', () => {
    expect(countTabs([], 'error').map(({ tab }) => tab)).toEqual(['running', 'error', 'all']);
  });
});

describe('the burn rate', () => {
  const price = (currency: string, minor: number) => ({
    perHour: { currency, minor, decimals: 2 },
    estimate: false,
  });

  test('adds up per currency, and only what is billed in full', () => {
    const burn = burnOf([
      makeInstance({ id: '1', cost: price('USD', 65) }),
      makeInstance({ id: '2', cost: price('USD', 35) }),
      makeInstance({ id: '3', cost: price('TWD', 41) }),
      makeInstance({ id: '4', cost: price('USD', 900), state: stopped.state }),
    ]);
    expect(burn).toEqual({
      perHour: [
        { currency: 'USD', minor: 100, decimals: 2 },
        { currency: 'TWD', minor: 41, decimals: 2 },
      ],
      estimate: false,
    });
  });

  test('is an estimate as soon as one part of it is', () => {
    const estimated = { ...price('USD', 1), estimate: true };
    const instances = [
      makeInstance({ id: '1', cost: price('USD', 65) }),
      makeInstance({ id: '2', cost: estimated }),
    ];
    expect(burnOf(instances).estimate).toBe(true);
  });
});
