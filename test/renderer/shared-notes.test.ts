/** What is said of hosts of a configuration: once for all, or at each. */
import { expect, test } from 'vitest';
import { isAmong, sharedNotes } from '../../renderer/instances/servers/shared-notes.ts';

const exec = { id: 'config-match-exec' };
const forwards = { id: 'config-forwards', params: { field: 'LocalForward' } };
const host = (...notes: readonly (typeof exec)[]) => ({ notes, usable: true });

test('what every host shares is said once, and the rest at each', () => {
  expect(sharedNotes([host(exec, forwards), host(exec)])).toEqual([exec]);
  expect(sharedNotes([host(exec), host()])).toEqual([]);
});

test('one that cannot be followed has its own reason and takes nothing from the others', () => {
  const unusable = { notes: [{ id: 'config-host-invalid' }], usable: false };
  expect(sharedNotes([unusable, host(exec), host(exec)])).toEqual([exec]);
});

test('a single host says what is to be said itself', () => {
  expect(sharedNotes([host(exec)])).toEqual([]);
  expect(sharedNotes([])).toEqual([]);
});

test('notes are the same only with the same parameters', () => {
  const other = { ...forwards, params: { field: 'RemoteForward' } };
  expect(isAmong([forwards], { ...forwards })).toBe(true);
  expect(isAmong([forwards], other)).toBe(false);
});
