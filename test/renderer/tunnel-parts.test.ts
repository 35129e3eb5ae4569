/** The small rules of the tunnels page: what counts as a port, and the line for a browser elsewhere. */
import { describe, expect, it } from 'vitest';
import { readPort } from '../../renderer/tunnels/read-port.ts';
import { sshForwardLine } from '../../renderer/tunnels/ssh-forward-line.ts';

describe('a typed port', () => {
  it.each([
    [8888, 8888],
    ['1', 1],
    ['65535', 65_535],
    ['0', undefined],
    [65_536, undefined],
    ['-1', undefined],
    ['80.5', undefined],
    [80.5, undefined],
    ['', undefined],
    ['8888; rm', undefined],
    ['1e3', undefined],
  ])('%j is %j', (typed, port) => expect(readPort(typed)).toBe(port));
});

describe('the line for a browser on another machine', () => {
  it('leaves the name of the machine open where the address bar does not tell it', () => {
    for (const host of ['localhost', '127.0.0.1', '[::1]']) {
      expect(sshForwardLine(8888, host)).toBe('ssh -N -L 8888:127.0.0.1:8888 <machine>');
    }
  });
});
