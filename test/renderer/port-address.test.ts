/** Where forwarded ports are reached, and in which order they stand. */
import { describe, expect, it } from 'vitest';
import type { PortForwarding } from '../../preload/contract/ports.ts';
import { portAddress, sortPorts } from '../../renderer/instances/detail/port-address.ts';
import { gpuModel } from '../../renderer/instances/rows.ts';

describe('the address of a port', () => {
  it.each([
    ['https://tw-02.example:8443/', { text: 'https://tw-02.example:8443/', isPage: true }],
    ['tcp://tw-02.example:15692', { text: 'tw-02.example:15692', isPage: false }],
    ['tw-02.example:15692', { text: 'tw-02.example:15692', isPage: false }],
    ['javascript:alert(1)', { text: 'javascript:alert(1)', isPage: false }],
  ])('%s', (url, address) => {
    expect(portAddress({ url })).toEqual(address);
  });

  it('is not known before the cloud has placed it', () => {
    expect(portAddress({})).toBeUndefined();
  });
});

it('web services stand first, then others by number; SSH has a place of its own', () => {
  const port = (number: number, protocol: PortForwarding['protocol']): PortForwarding => ({
    id: String(number),
    port: number,
    protocol,
    editable: true,
  });
  const ports = [port(22, 'ssh'), port(9000, 'tcp'), port(3000, 'tcp'), port(8888, 'https')];
  expect(sortPorts(ports).map(({ port: number }) => number)).toEqual([8888, 3000, 9000]);
});

describe('a GPU in the table', () => {
  it.each([
    ['NVIDIA GeForce RTX 4090 ×2', 'RTX 4090 ×2'],
    ['NVIDIA H100 80GB', 'H100 80GB'],
    ['Tesla V100-SXM2', 'V100-SXM2'],
    ['AMD Instinct MI300X', 'AMD Instinct MI300X'],
    ['NVIDIA', 'NVIDIA'],
  ])('%s is %s', (gpu, model) => {
    expect(gpuModel(gpu)).toBe(model);
  });
});
