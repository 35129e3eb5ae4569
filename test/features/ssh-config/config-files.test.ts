/** Files of OpenSSH's configuration: bad ones are said, nothing in them is run, and their changes are followed. */
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hostSchema, userSchema } from '../../../main/clouds/ssh-address.ts';
import type { ConfigFollower } from '../../../main/features/ssh-config/config-follower.ts';
import { findFiles } from '../../../main/features/ssh-config/find-files.ts';
import { type ConfigHome, createConfigHome } from '../../support/config-home.ts';
import { fc } from '../../support/properties.ts';

let home: ConfigHome;
beforeEach(() => {
  home = createConfigHome();
});
afterEach(() => home.remove());

const inSsh = (name: string) => home.inSsh(name);
const write = (text: string, name?: string) => home.write(text, name);
const follow = (text?: string) => home.follow(text);
const hostOf = (text: string) => home.read(text).hosts[0];
/** `host`, `xhost`, `xxhost` …: each could be the next one on a way. */
const names = (count: number) => Array.from({ length: count }, (_, at) => `${'x'.repeat(at)}host`);
const problemsOf = (text: string) => home.read(text).problems.map(({ id }) => id);

describe('a bad file', () => {
  it.each([
    ['Host "box', 'config-line-unreadable'],
    ['Port', 'config-line-unreadable'],
    [`Include ${'$'}{NOTHING}/x`, 'config-include-unclear'],
    ['Include ~bob/x', 'config-include-unclear'],
    ['Include config', 'config-include-too-deep'],
    ['Host a\0b', 'config-file-not-text'],
  ])('with %j is a problem, not a throw', (text, id) => {
    expect(problemsOf(`${text}\nHost last\n Port 1`)).toContain(id);
  });

  it('does not let what follows an unreadable head fall to the block before', () => {
    expect(
      hostOf('Host box\n User ada\nHost "other\n Port 2222\n HostName evil.example'),
    ).toMatchObject({ host: 'box', port: 22 });
  });

  it('that others may write is not read, as OpenSSH does not read it', () => {
    write('Host box\n HostName evil.example');
    chmodSync(inSsh('config'), 0o666);
    expect(follow().list(new Set())).toMatchObject({
      hosts: [],
      problems: [{ id: 'config-file-permissions', params: { file: inSsh('config') } }],
    });
  });

  it('that is huge, a directory, or a link in a circle is said', () => {
    write('Include huge folder circle\nHost box');
    writeFileSync(inSsh('huge'), '#'.repeat(1_100_000), { mode: 0o600 });
    mkdirSync(inSsh('folder'));
    symlinkSync('circle', inSsh('circle'));
    const { problems, hosts } = follow().list(new Set());
    expect(problems.map(({ id }) => id)).toEqual(['config-file-too-large']);
    expect(hosts).toHaveLength(1);
  });

  it.skipIf(process.platform === 'win32')('that is a pipe is said, and not waited for', () => {
    execFileSync('mkfifo', ['-m', '600', inSsh('pipe')]);
    write('Include pipe\nHost box\n IdentityFile pipe');
    const { problems, hosts } = follow().list(new Set());
    expect(problems.map(({ id }) => id)).toEqual(['config-file-not-text']);
    expect(hosts).toHaveLength(1);
  });

  it('of nothing but lines that say nothing is read to its end, and the first of them are named', () => {
    const { hosts, problems } = home.read(`${'x\n'.repeat(300_000)}Host box`);
    expect(problems).toHaveLength(100);
    expect(hosts).toMatchObject([{ alias: 'box' }]);
  });

  it('that includes itself twice has an end', () => {
    expect(problemsOf('Include config config\nHost box')).toContain('config-include-too-deep');
  });

  it('that includes without end is read in part, and said to be', () => {
    const { problems, hosts } = home.read(`${'Include other\n'.repeat(5000)}Host box\n Port 2222`);
    expect(problems.map(({ id }) => id)).toEqual(['config-include-too-many']);
    expect(hosts).toMatchObject([{ alias: 'box', port: 2222 }]);
  });

  it('with stars in every part of a path is not searched for on the whole disk', () => {
    for (let folder = 0; folder < 300; folder += 1) {
      mkdirSync(inSsh(`parts/${folder}/deep`), { recursive: true });
    }
    const searched: string[] = [];
    expect(findFiles(inSsh('parts/*/*/*'), (directory) => searched.push(directory))).toEqual([]);
    expect(searched.length).toBeLessThan(2 * 300);
  });

  it.each([
    ['a list', `Host box\n ProxyJump ${names(40).join(',')}`],
    [
      'a chain',
      names(40)
        .map((name) => `Host ${name}\n ProxyJump x${name}`)
        .join('\n'),
    ],
  ])('with more jump hosts than any way has is said to: %s', (_what, text) => {
    expect(hostOf(text)).toMatchObject({
      usable: false,
      notes: [{ id: 'config-jumps-too-many', params: { limit: 32 } }],
    });
  });

  it('with Windows line ends and a byte order mark is read', () => {
    expect(hostOf('\ufeffHost box\r\n\tPort = 2222\r\n')).toMatchObject({
      alias: 'box',
      port: 2222,
    });
  });

  it('with 5,000 hosts is listed up to 1,000', () => {
    const text = Array.from({ length: 5000 }, (_, index) => `Host box-${index}\n Port 2222\n`);
    const { hosts, problems } = home.read(text.join(''));
    expect(hosts).toHaveLength(1000);
    expect(problems).toMatchObject([{ id: 'config-too-many-hosts', params: { count: 5000 } }]);
  });
});

it('any text at all is read without a throw, and every host of it is told or said to lead nowhere', () => {
  const piece = fc.constantFrom(
    ...[
      'Host ',
      'Match ',
      'Include ',
      'HostName ',
      'Port ',
      'ProxyJump ',
      'ProxyCommand ',
      'User ',
    ],
    ...[
      'IdentityFile ',
      'IdentityAgent ',
      'box',
      'a,b',
      '*',
      '!',
      '"',
      "'",
      '\\',
      '=',
      '#',
      '%h',
      '%',
    ],
    ...[
      '$',
      '{KEYS}',
      '{',
      '\n',
      '\n',
      '\r\n',
      '\t',
      ' ',
      '\u0000',
      '\ud800',
      '[::1]:22',
      '@',
      '~/',
      '-o',
      'exec ',
    ],
  );
  fc.assert(
    fc.property(
      fc.array(fc.oneof(piece, fc.string({ maxLength: 5 })), { maxLength: 40 }),
      (pieces) => {
        for (const host of home.read(pieces.join('')).hosts) {
          if (!host.usable) continue;
          expect(hostSchema.safeParse(host.host).success).toBe(true);
          expect(userSchema.safeParse(host.user).success).toBe(true);
        }
        home.forget();
      },
    ),
    { numRuns: 500 },
  );
});

it('reading runs nothing, whatever stands there', () => {
  const ran = join(home.path, 'ran');
  const touch = `touch ${ran}`;
  const list = home.read(`
Match exec "${touch}"
  User a
Match host box exec "${touch}"
  User b
Match !exec "${touch}"
  User c
CanonicalizeHostname yes
CanonicalDomains $(${touch}) example.com
Host box \`${touch}\`
  ProxyCommand ${touch}
  LocalCommand ${touch}
  PermitLocalCommand yes
  KnownHostsCommand ${touch}
  RemoteCommand ${touch}
  IdentityFile $(${touch})
  IdentityAgent $(${touch})
  PKCS11Provider ${ran}
  Include $(${touch})
`);
  expect(list.hosts.find(({ alias }) => alias === 'box')).toMatchObject({ user: 'ada' });
  follow().access('box');
  expect(existsSync(ran)).toBe(false);
});

it('our own file is left out wherever it is included', () => {
  write('Host mine\n HostName mine.example', 'ours');
  symlinkSync('ours', inSsh('link'));
  expect(home.read('Include ours\nInclude link\nHost box').hosts.map(({ alias }) => alias)).toEqual(
    ['box'],
  );
});

describe('a change is followed', () => {
  const portSoon = () => expect.poll(() => follower?.access('box')?.port);
  let changes = 0;
  let follower: ConfigFollower | undefined;
  const followCounting = (text: string) => {
    changes = 0;
    follower = follow(text);
    follower.onChange(() => {
      changes += 1;
    });
  };

  it('of the file, written or replaced', async () => {
    followCounting('Host box\n Port 1001\n');
    write('Host box\n Port 1002\n');
    await portSoon().toBe(1002);
    write('Host box\n Port 1003\n', 'config.new');
    renameSync(inSsh('config.new'), inSsh('config'));
    await portSoon().toBe(1003);
    expect(changes).toBe(2);
  });

  it('of a file that comes and goes, also by an Include', async () => {
    mkdirSync(inSsh('parts'));
    followCounting('Include parts/*.conf\n');
    write('Host box\n Port 1001\n', 'parts/a.conf');
    await portSoon().toBe(1001);
    write('Host box\n Port 1002\n', 'parts/0.conf');
    await portSoon().toBe(1002);
    rmSync(inSsh('parts'), { recursive: true });
    await portSoon().toBeUndefined();
  });

  it('of the whole directory, made later', async () => {
    rmSync(inSsh(''), { recursive: true });
    follower = follow();
    mkdirSync(inSsh(''));
    write('Host box\n Port 1001\n');
    await portSoon().toBe(1001);
  });
});
