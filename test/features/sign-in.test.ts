/** The one-use path that signs a browser in: good once, for a minute, on its own tunnel, and under this machine's own names only. */
import { Duplex, PassThrough } from 'node:stream';
import { beforeEach, expect, it } from 'vitest';
import type { Through } from '../../main/features/tunnels/get-through.ts';
import { createSignIn, type SignIn } from '../../main/features/tunnels/sign-in.ts';

const target = { token: 'a-token-nobody-sees', basePath: '/', landings: ['lab'] };
let nowMs = 0;
let signIn: SignIn;
let asked = 0;
beforeEach(() => {
  nowMs = 1_000_000;
  asked = 0;
  signIn = createSignIn(() => nowMs);
});

/** A tunnel whose connection is down: that it is asked for is all that counts here. */
const through = (id: string): Through => ({
  target: { id, remoteHost: '127.0.0.1', remotePort: 8888 },
  reach() {
    asked += 1;
    return Promise.reject(new Error('down'));
  },
});

/** What the browser is told; undefined: the request goes on to the server behind the tunnel. */
async function ask(path: string, host = '127.0.0.1:8888', tunnel = 'mine') {
  const socket = Object.assign(new PassThrough(), { setTimeout: () => {} });
  const request = Buffer.from(`GET ${path} HTTP/1.1\r\nHost: ${host}\r\nAccept: */*\r\n\r\n`);
  const isTaken = signIn.intercept(request, socket as never, through(tunnel));
  if (!isTaken) return undefined;
  return (await socket.setEncoding('latin1').toArray()).join('').split('\r\n')[0];
}

it.each(['127.0.0.1:8888', 'localhost:8888', 'LOCALHOST', '[::1]:8888', '127.9.9.9'])(
  'works once, asked for as %s',
  async (host) => {
    const path = signIn.arm('mine', target);
    expect(path).not.toContain(target.token);
    expect(await ask(path, host)).toBe('HTTP/1.1 303 See Other');
    expect(await ask(path, host)).toBeUndefined();
    expect(asked).toBe(1);
  },
);

it.each([
  'evil.example:8888',
  '127.0.0.1.evil.example',
  'localhost.evil.example:8888',
  '192.0.2.7',
  '',
])('signs nobody in who asks for it as %j, and is used up', async (host) => {
  const path = signIn.arm('mine', target);
  expect(await ask(path, host)).toBe('HTTP/1.1 421 Misdirected Request');
  expect(await ask(path)).toBeUndefined();
  expect(asked).toBe(0);
});

it('is good for a minute, however long the machine slept', async () => {
  const early = signIn.arm('mine', target);
  nowMs += 59_000;
  expect(await ask(early)).toBe('HTTP/1.1 303 See Other');
  const late = signIn.arm('mine', target);
  nowMs += 61_000;
  expect(await ask(late)).toBeUndefined();
  expect(asked).toBe(1);
});

it('works on its own tunnel only', async () => {
  const path = signIn.arm('mine', target);
  expect(await ask(path, '127.0.0.1:9999', 'another')).toBeUndefined();
  expect(await ask(path)).toBe('HTTP/1.1 303 See Other');
});

it('is not guessed, nor reached by another method', async () => {
  const path = signIn.arm('mine', target);
  expect(await ask(`${path}x`)).toBeUndefined();
  expect(await ask(`${path}/more`)).toBeUndefined();
  const socket = new PassThrough();
  const post = Buffer.from(`POST ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n`);
  expect(signIn.intercept(post, socket as never, through('mine'))).toBe(false);
  expect(asked).toBe(0);
});

it('tells the server the browser’s _xsrf and no other cookie, for those are of other tunnels too', async () => {
  let said = '';
  const far = new Duplex({
    read() {},
    write(chunk, _encoding, done) {
      said += chunk;
      if (said.includes('\r\n\r\n')) far.push('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n');
      done();
    },
  });
  const tunnel: Through = {
    ...through('mine'),
    reach: async () => Object.assign(far, { close: () => far.destroy() }),
  };
  const socket = Object.assign(new PassThrough(), { setTimeout: () => {} });
  const cookies = 'username-9999=another tunnel’s; _xsrf=2|ab; session=CANARY';
  const request = `GET ${signIn.arm('mine', target)} HTTP/1.1\r\nHost: localhost\r\nCookie: ${cookies}\r\n\r\n`;
  expect(signIn.intercept(Buffer.from(request), socket as never, tunnel)).toBe(true);
  expect(String(await socket.setEncoding('latin1').toArray())).toContain('Location: /lab');
  expect(said).toMatch(/\r\ncookie: _xsrf=2\|ab\r\n/i);
  expect(said).not.toMatch(/username-|session/);
});
