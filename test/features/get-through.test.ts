/** Asking a web server behind a tunnel that is no friend. */
import { Duplex } from 'node:stream';
import { expect, it } from 'vitest';
import { get } from '../../main/features/tunnels/get-through.ts';

/** A far end that answers every request with the same. */
function farEnd(answer: (far: Duplex) => void) {
  let closed = 0;
  const far = new Duplex({
    read() {},
    write(_chunk, _encoding, done) {
      answer(far);
      done();
    },
  });
  const close = () => {
    closed += 1;
    far.destroy();
  };
  const tunnel = {
    target: { id: 'a', remoteHost: '127.0.0.1', remotePort: 8888 },
    reach: async () => Object.assign(far, { close }),
  };
  return { tunnel, closed: () => closed };
}

it('what it says at any length is not kept at any length', async () => {
  const { tunnel, closed } = farEnd((far) => {
    far.push('HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n');
    for (let piece = 0; piece < 1000; piece += 1) far.push(Buffer.alloc(16 * 1024, 'x'));
    far.push(null);
  });
  const { status, body } = await get(tunnel, '/api', {}, false);
  expect(status).toBe(200);
  expect(body.length).toBeGreaterThan(0);
  expect(body.length).toBeLessThan(200_000);
  expect(closed()).toBe(1);
});

const otherProtocol =
  'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: other\r\n\r\n';

it.each([
  ['no HTTP', (far: Duplex) => void far.push('SSH-2.0-OpenSSH_9.2\r\n')],
  ['nothing, and goes', (far: Duplex) => void far.push(null)],
  ['another protocol', (far: Duplex) => void far.push(otherProtocol)],
])(
  'that answers with %s is a failure of the network, and nothing stays open',
  async (_what, answer) => {
    const { tunnel, closed } = farEnd(answer);
    await expect(get(tunnel, '/', {}, false)).rejects.toMatchObject({ code: 'network' });
    expect(closed()).toBeGreaterThan(0);
  },
);
