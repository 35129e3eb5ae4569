/** What is sent to create an instance: the operator's wishes in the shapes of the API. */
import { describe, expect, test } from 'vitest';
import { accountActions } from '../../main/clouds/glows/actions.ts';
import type { CreateInput } from '../../main/clouds/glows/create-input.ts';
import { createRequest } from '../../main/clouds/glows/create-plan.ts';

const plain: CreateInput = {
  name: 'trainer',
  source: { kind: 'image', id: 'img-1' },
  hardware: { kind: 'gpu', name: 'RTX 4090' },
  region: 'TW-03',
  units: 2,
};

describe('the request to create', () => {
  test('says nothing of what was not asked for', () => {
    expect(createRequest('key-1', plain)).toEqual({
      custom_meta_key: 'key-1',
      from_image_id: 'img-1',
      gpu_name: 'RTX 4090',
      region_name: 'TW-03',
      unit_qty: 2,
      instance_category: 'container',
      remark: 'trainer',
    });
  });

  test('names a snapshot and a CPU in their own fields', () => {
    const request = createRequest('key-1', {
      ...plain,
      source: { kind: 'snapshot', id: 'snap-1' },
      hardware: { kind: 'cpu', name: 'EPYC' },
    });
    expect(request).toMatchObject({ from_snap_id: 'snap-1', cpu_name: 'EPYC' });
    expect(request).not.toHaveProperty('from_image_id');
    expect(request).not.toHaveProperty('gpu_name');
  });

  test('carries ports as a JSON text, variables as pairs, and the data drive', () => {
    expect(
      createRequest('key-1', {
        ...plain,
        ports: [
          { port: 7860, protocol: 'https' },
          { port: 5432, protocol: 'tcp' },
        ],
        environment: { FOO: 'bar=1', EMPTY: '' },
        dataDrive: { id: 'drive-1', readOnly: true },
      }),
    ).toMatchObject({
      ports: '[{"port":7860,"protocol":2},{"port":5432,"protocol":1}]',
      envs: 'FOO=bar=1;EMPTY=',
      datadrive: { drive_id: 'drive-1', read_only: true },
    });
  });
});

describe('the input of create-instance', () => {
  const [create] = accountActions('glows-1', () => Promise.reject(new Error('not asked')));
  const accepts = (part: object) => create?.input.safeParse({ ...plain, ...part });

  test.each<[string, object]>([
    ['a variable whose name begins with a digit', { environment: { '1A': 'x' } }],
    ['a variable with a semicolon, which would begin another', { environment: { A: 'x;B=y' } }],
    ['a variable over two lines', { environment: { A: 'x\ny' } }],
    ['a port beyond the last', { ports: [{ port: 65_536, protocol: 'tcp' }] }],
    ['a protocol nobody speaks', { ports: [{ port: 80, protocol: 'gopher' }] }],
    ['a data drive without its id', { dataDrive: { id: '', readOnly: false } }],
  ])('refuses %s', (_what, part) => {
    expect(accepts(part)?.success).toBe(false);
  });

  test('says which rule a variable breaks', () => {
    const refused = accepts({ environment: { 'not-a-name': 'x' } });
    expect(refused?.error?.issues[0]?.message).toBe('rule:environment-name-invalid');
  });

  test('takes ordinary ports and variables', () => {
    expect(
      accepts({ ports: [{ port: 7860, protocol: 'https' }], environment: { HF_HOME: '/x y' } })
        ?.success,
    ).toBe(true);
  });
});
