/** The words of SOCKS5, as clients say them and as anybody might. */

import { describe, expect, it } from 'vitest';
import { readGreeting, readRequest } from '../../main/features/tunnels/socks.ts';
import { fc } from '../support/properties.ts';

const bytes = (...values: readonly number[]) => Buffer.from(values);

describe('a greeting', () => {
  it.each([
    ['nothing yet', bytes(), { kind: 'more' }],
    ['half of one', bytes(5, 2, 0), { kind: 'more' }],
    ['one without login', bytes(5, 2, 2, 0), { kind: 'socks5', length: 4, withoutLogin: true }],
    ['one with a login', bytes(5, 1, 2), { kind: 'socks5', length: 3, withoutLogin: false }],
    ['one of no method', bytes(5, 0), { kind: 'socks5', length: 2, withoutLogin: false }],
    ['an older version', bytes(4, 1, 0, 80), { kind: 'socks4' }],
    ['a browser', Buffer.from('GET / HTTP/1.1\r\n'), { kind: 'http' }],
    ['the beginning of a browser', Buffer.from('CONN'), { kind: 'more' }],
    ['a TLS client', bytes(0x16, 3, 1), { kind: 'other' }],
  ])('is understood: %s', (_what, said, meant) => {
    expect(readGreeting(said)).toEqual(meant);
  });
});

describe('a request', () => {
  const name = Buffer.from('db.internal');
  it.each([
    [
      'an IPv4 address',
      bytes(5, 1, 0, 1, 10, 0, 0, 7, 0x1f, 0x90),
      { host: '10.0.0.7', port: 8080 },
    ],
    [
      'a name, left to the instance to resolve',
      Buffer.concat([bytes(5, 1, 0, 3, name.length), name, bytes(0, 80)]),
      { host: 'db.internal', port: 80 },
    ],
    [
      'an IPv6 address',
      Buffer.concat([bytes(5, 1, 0, 4), Buffer.alloc(15), bytes(1, 0, 22)]),
      { host: '0:0:0:0:0:0:0:1', port: 22 },
    ],
  ])('names %s', (_what, said, destination) => {
    expect(readRequest(said)).toMatchObject({ kind: 'connect', ...destination });
    for (let length = 0; length < said.length; length += 1) {
      expect(readRequest(said.subarray(0, length))).toEqual({ kind: 'more' });
    }
  });

  it.each([
    ['BIND', bytes(5, 2, 0, 1, 1, 2, 3, 4, 0, 80), 'commandUnknown'],
    ['UDP ASSOCIATE', bytes(5, 3, 0, 1, 1, 2, 3, 4, 0, 80), 'commandUnknown'],
    ['another kind of address', bytes(5, 1, 0, 9, 1), 'addressUnknown'],
    ['port 0', bytes(5, 1, 0, 1, 1, 2, 3, 4, 0, 0), 'refused'],
    ['a name with a NUL', bytes(5, 1, 0, 3, 2, 97, 0, 0, 80), 'hostUnreachable'],
    ['no name', bytes(5, 1, 0, 3, 0, 0, 80), 'hostUnreachable'],
    ['another version', bytes(4, 1, 0, 1, 1, 2, 3, 4, 0, 80), 'failed'],
  ])('is refused with the reply for %s', (_what, said, reply) => {
    expect(readRequest(said)).toEqual({ kind: 'refused', reply });
  });
});

describe('whatever is said', () => {
  it('is understood or refused, never more than a request long, and never thrown at', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (said) => {
        const text = Buffer.from(said);
        readGreeting(text);
        const request = readRequest(text);
        // Whoever goes on saying half a thing has said it whole by then.
        if (request.kind === 'more') expect(text.length).toBeLessThan(4 + 1 + 255 + 2);
        if (request.kind === 'connect') {
          expect(request.host).toMatch(/^[\w.:-]+$/);
          expect(request.port).toBeGreaterThan(0);
          expect(request.length).toBeLessThanOrEqual(text.length);
        }
      }),
      { numRuns: 2000 },
    );
  });
});
