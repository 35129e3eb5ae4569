/** The form that connects an account, drawn from what a cloud asks for. */
import { expect, test } from 'vitest';
import type { ConnectableCloud } from '../../preload/contract/accounts.ts';
import { emptyConnectDraft, missingFields } from '../../renderer/accounts/connect-form.ts';

const cloud: ConnectableCloud = {
  id: 'some-cloud',
  input: {
    type: 'object',
    properties: {
      project: { type: 'string' },
      baseUrl: { type: 'string', default: 'https://cloud.example' },
    },
    required: ['project'],
  },
  secrets: ['token'],
};

test('an untouched form leaves the cloud’s own defaults to the cloud', () => {
  expect(emptyConnectDraft(cloud)).toEqual({
    name: '',
    values: { project: '' },
    secrets: { token: '' },
  });
});

test('a name, what the schema requires, and every secret are needed', () => {
  const empty = emptyConnectDraft(cloud);
  expect(missingFields(cloud, empty)).toEqual(['name', 'project', 'token']);
  const filled = { name: 'Lab', values: { project: 'p1' }, secrets: { token: 's3cret' } };
  expect(missingFields(cloud, filled)).toEqual([]);
  expect(missingFields(cloud, { ...filled, name: '  ' })).toEqual(['name']);
});
