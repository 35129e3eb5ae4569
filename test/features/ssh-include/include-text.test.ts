/** The file of hosts as text: names that mean one place, and nothing a cloud says that becomes an option. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { hostAliases } from '../../../main/features/ssh-include/host-alias.ts';
import {
  type IncludedHost,
  includeText,
  publishedText,
} from '../../../main/features/ssh-include/include-text.ts';
import { run } from '../../support/child.ts';
import { fc } from '../../support/properties.ts';
import { createTempDir } from '../../support/temp-dir.ts';

const directory = createTempDir('include');
afterAll(() => directory.remove());

const named = (...names: readonly string[]) =>
  names.map((name, index) => ({ key: `account/${index}`, name }));
const aliasesOf = (names: readonly string[], taken: readonly string[] = []) => [
  ...hostAliases(named(...names), new Set(taken)).values(),
];

describe('the name of a host', () => {
  it.each([
    ['My Instance', 'my-instance'],
    ['GPU_01 (test)', 'gpu_01-test'],
    ['Café', 'cafe'],
    ['github.com', 'github-com'],
    ['-oProxyCommand=reboot', 'oproxycommand-reboot'],
    ['web*', 'web'],
    ['!all', 'all'],
    ['192.0.2.7', 'instance-'],
    ['訓練機', 'instance-'],
    ['\n  ProxyCommand reboot', 'proxycommand-reboot'],
    ['localhost', 'localhost-'],
    ['x'.repeat(200), 'x'.repeat(60)],
  ])('of %j is %s', (name, alias) => {
    const [made = ''] = aliasesOf([name]);
    expect(made.startsWith(alias)).toBe(true);
    expect(made).toMatch(/^[a-z][a-z0-9_-]*$/);
    if (!alias.endsWith('-')) expect(made).toBe(alias);
  });

  it('is given once, to the same instance whatever the order', () => {
    const instances = named('box', 'Box', 'BOX');
    const aliases = hostAliases(instances, new Set());
    expect(new Set(aliases.values()).size).toBe(3);
    expect(aliases.get('account/0')).toBe('box');
    expect(hostAliases([...instances].reverse(), new Set())).toEqual(aliases);
  });

  it('is never one that the operator uses for another place', () => {
    expect(aliasesOf(['box'], ['box'])[0]).toMatch(/^box-[0-9a-f]{4}$/);
  });
});

const host = (changes: Partial<IncludedHost> = {}): IncludedHost => ({
  alias: 'box',
  host: '192.0.2.7',
  port: 2222,
  user: 'ada',
  hostKeyName: 'glows-1',
  publishedHostKeys: ['ssh-ed25519 AAAA'],
  keepaliveSeconds: 15,
  ...changes,
});

async function asOpenSsh(text: string, alias: string, after = ''): Promise<readonly string[]> {
  const path = join(directory.path, 'config');
  writeFileSync(path, `${text}\n${after}`);
  return (await run('ssh', ['-G', '-F', path, alias])).split('\n');
}

describe('a host', () => {
  it('is to OpenSSH what it is here', async () => {
    const text = includeText(
      [
        host({ keyFile: '/home/a da/.ssh/100% mine', user: 'DOMAIN\\ada' }),
        host({ alias: 'other', jump: 'box' }),
      ],
      ['/data dir/known_hosts'],
    );
    expect(await asOpenSsh(text, 'box')).toEqual(
      expect.arrayContaining([
        'hostname 192.0.2.7',
        'port 2222',
        'user DOMAIN\\ada',
        'hostkeyalias glows-1',
        'identityfile /home/a da/.ssh/100%% mine',
        'serveraliveinterval 15',
        expect.stringMatching(
          /^userknownhostsfile \S+\/known_hosts \S+\/known_hosts2 \/data dir\/known_hosts$/,
        ),
      ]),
    );
    expect(await asOpenSsh(text, 'other')).toContain('proxyjump box');
  });

  it.each([
    'Host *\n  ProxyJump elsewhere',
    'ProxyCommand nc elsewhere 22',
    'Host b*\n  User grace\n  Port 1',
  ])('is led nowhere else by %j further down', async (after) => {
    const said = await asOpenSsh(includeText([host()], []), 'box', after);
    expect(said.filter((line) => /^(proxy(jump|command)|user|port) /.test(line)).sort()).toEqual([
      'port 2222',
      'user ada',
    ]);
  });

  it('with its usual host key name needs no other', () => {
    const text = includeText([host({ hostKeyName: '[192.0.2.7]:2222' })], []);
    expect(text).not.toContain('HostKeyAlias');
  });

  it('whose values could say more is left out, and says nothing', () => {
    const hostile = fc.record({
      host: fc.oneof(fc.string(), fc.constantFrom('a\nProxyCommand x', 'a b', '-oX', '$(x)', '"')),
      user: fc.oneof(
        fc.string(),
        fc.constantFrom('ada\n ProxyCommand x', 'a"b', '-l', '%d', '$HOME'),
      ),
      hostKeyName: fc.oneof(fc.string(), fc.constantFrom('a\nProxyCommand x', 'a b', '*,!x')),
      publishedHostKeys: fc.array(
        fc.oneof(fc.string(), fc.constant('ssh-rsa AAAA\n* ssh-rsa BBBB')),
      ),
    });
    fc.assert(
      fc.property(hostile, (changes) => {
        const hosts = [host(changes)];
        for (const line of includeText(hosts, []).split('\n')) {
          expect(line).toMatch(
            /^(#.*|Host box| {2}(HostName|Port|User|HostKeyAlias|UserKnownHostsFile|ServerAliveInterval) .*| {2}ProxyCommand none|)$/,
          );
        }
        for (const line of publishedText(hosts).split('\n')) {
          expect(line).toMatch(/^([\w.:@[\]-]+ [\w@.-]+ [A-Za-z0-9+/]+=*)?$/);
        }
      }),
      { numRuns: 500 },
    );
  });
});
