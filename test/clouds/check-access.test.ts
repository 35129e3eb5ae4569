/** What a cloud says of the way into an instance: nothing in it may become an option, a command or a pattern. */
import { describe, expect, it } from 'vitest';
import { checkAccess } from '../../main/clouds/check-access.ts';

const access = { host: '192.0.2.7', port: 22, user: 'ada', hostKeyName: 'glows-7f3e' };

describe('a way in', () => {
  it.each([
    {},
    { host: '2001:db8::1', hostKeyName: '[2001:db8::1]:2200' },
    { host: 'fe80::1%eth0', hostKeyName: 'fe80::1%eth0' },
    { user: 'DOMAIN\\ada' },
    { jumps: [{ ...access, publishedHostKeys: [], login: { kind: 'agent' } as const }] },
  ])('such as %j is taken', (changes) => {
    expect(() => checkAccess({ ...access, ...changes })).not.toThrow();
  });

  it.each([
    [{ host: '-oProxyCommand=evil' }, 'host-invalid'],
    [{ host: 'box;reboot' }, 'host-invalid'],
    [{ host: 'box`reboot`' }, 'host-invalid'],
    [{ user: '-oProxyCommand=evil' }, 'user-invalid'],
    [{ user: 'ada reboot' }, 'user-invalid'],
    [{ port: 0 }, 'port-out-of-range'],
    [{ hostKeyName: '*' }, 'host-key-name-invalid'],
    [{ hostKeyName: 'glows-a,github.com' }, 'host-key-name-invalid'],
    [{ hostKeyName: '|1|c2FsdA==|aGFzaA==' }, 'host-key-name-invalid'],
    [{ hostKeyName: '@cert-authority' }, 'host-key-name-invalid'],
    [{ hostKeyName: 'a\n* ssh-ed25519 AAAA' }, 'host-key-name-invalid'],
  ])('such as %j is refused, and on the way too', (changes, rule) => {
    const refused = expect.objectContaining({ rule: expect.objectContaining({ id: rule }) });
    expect(() => checkAccess({ ...access, ...changes })).toThrow(refused);
    const jump = {
      ...access,
      ...changes,
      publishedHostKeys: [],
      login: { kind: 'agent' } as const,
    };
    expect(() => checkAccess({ ...access, jumps: [jump] })).toThrow(refused);
  });
});
