/** Configurations made at random mean here what they mean to the real `ssh -G`. */
import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import { valuesFor } from '../../../main/features/ssh-config/config-values.ts';
import { readConfig } from '../../../main/features/ssh-config/read-config.ts';
import { resolveHost } from '../../../main/features/ssh-config/resolve-host.ts';
import { fc } from '../../support/properties.ts';
import { createTempDir } from '../../support/temp-dir.ts';

const run = promisify(execFile);
const directory = createTempDir('oracle');
afterAll(() => directory.remove());
const localUser = userInfo().username;

const aliases = ['a', 'ab', 'web1', 'web2', 'db.example', 'Mixed'] as const;
const pattern = fc.constantFrom(
  ...aliases,
  '*',
  'a*',
  '?b',
  'web?',
  '*.example',
  'h1.example',
  'h*',
  '!a',
  '!web*',
  '!*.example',
);
const oneOf = (...values: readonly string[]) => fc.constantFrom(...values);
const option = fc.oneof(
  fc.tuple(
    oneOf('HostName', 'hostname'),
    oneOf('h1.example', '%h.example', '192.0.2.7', '"h2.example"', 'UPPER.example', 'x%%y'),
  ),
  fc.tuple(oneOf('Port', 'PORT'), oneOf('22', '2222', '"4022"', '1', '65535')),
  fc.tuple(oneOf('User'), oneOf('ada', 'grace', '"alan"', "'kay'", 'ada # the first')),
  fc.tuple(
    oneOf('IdentityFile'),
    oneOf('~/.ssh/one', '~/.ssh/two', '"/keys/with space"', '/keys/%h-%r', 'none', '~/a\\ b'),
  ),
  fc.tuple(oneOf('IdentitiesOnly'), oneOf('yes', 'no')),
  fc.tuple(
    oneOf('ProxyJump', 'proxyjump'),
    oneOf('bastion', 'ada@bastion:2200', 'one,two', 'x@one:1,[2001:db8::1]:2,three', 'none'),
  ),
  fc.tuple(oneOf('ProxyJump'), oneOf('ssh://ada@bastion:2200')),
  fc.tuple(
    oneOf('ProxyCommand'),
    oneOf('nc %h %p', 'nc -X 5 "%h" %p', "sh -c 'exec  nc %h'", 'none', 'nc a=b c'),
  ),
  fc.tuple(oneOf('ServerAliveInterval'), oneOf('0', '15', '1m', '1h30m', '2M')),
);
const criterion = fc.oneof(
  fc.tuple(
    oneOf('host', '!host', 'originalhost', 'HOST'),
    oneOf('a', 'web*', 'h1.example,a*', '*,!a', 'upper.*'),
  ),
  fc.tuple(oneOf('user', '!user'), oneOf('ada', 'a*,!alan', 'root')),
  fc.tuple(oneOf('localuser', '!localuser'), oneOf(localUser, 'nobody', '*')),
  fc.tuple(oneOf('final', '!final', 'canonical'), fc.constant('')),
);
const match = fc.oneof(
  fc.constant('Match all'),
  fc
    .array(criterion, { minLength: 1, maxLength: 2 })
    .map((criteria) => `Match ${criteria.map((words) => words.join(' ').trim()).join(' ')}`),
);
const separator = oneOf(' ', '=', ' = ', '\t', '   ');
const optionLine = fc
  .tuple(oneOf('', '  ', '\t'), option, separator, oneOf('', ' ', '\r'))
  .map(([indent, [name, value], between, end]) => `${indent}${name}${between}${value}${end}`);
const block = fc.oneof(
  {
    weight: 3,
    arbitrary: fc
      .array(pattern, { minLength: 1, maxLength: 3 })
      .map((list) => `Host ${list.join(' ')}`),
  },
  { weight: 2, arbitrary: match },
);
const line = fc.oneof(
  { weight: 6, arbitrary: optionLine },
  { weight: 3, arbitrary: block },
  { weight: 1, arbitrary: oneOf('', '# a comment', '   # another') },
);
const file = fc.array(line, { maxLength: 12 });
const configuration = fc.record({
  main: fc.array(
    fc.oneof({ weight: 8, arbitrary: line }, { weight: 1, arbitrary: fc.constant('INCLUDE') }),
    {
      maxLength: 14,
    },
  ),
  included: fc.array(file, { minLength: 1, maxLength: 2 }),
});

let written = 0;
/** @returns the home directory it was written to */
function write({
  main,
  included,
}: {
  main: readonly string[];
  included: readonly string[][];
}): string {
  written += 1;
  const home = join(directory.path, String(written));
  mkdirSync(join(home, '.ssh/parts'), { recursive: true });
  for (const [index, lines] of included.entries()) {
    writeFileSync(join(home, `.ssh/parts/${index}.conf`), `${lines.join('\n')}\n`, { mode: 0o600 });
  }
  const text = main.join('\n').replaceAll('INCLUDE', `Include ${home}/.ssh/parts/*.conf`);
  writeFileSync(join(home, '.ssh/config'), text, { mode: 0o600 });
  return home;
}

/** What OpenSSH prints, one entry per option. */
async function asOpenSsh(home: string, alias: string) {
  const { stdout } = await run('ssh', ['-G', '-F', join(home, '.ssh/config'), alias]);
  const all = (name: string) =>
    stdout
      .split('\n')
      .filter((text) => text.startsWith(`${name} `))
      .map((text) => text.slice(name.length + 1).trim());
  const [identity] = all('identityfile');
  return {
    host: all('hostname')[0],
    port: Number(all('port')[0]),
    user: all('user')[0],
    identityFiles: identity === '~/.ssh/id_rsa' ? [] : all('identityfile'),
    identitiesOnly: all('identitiesonly')[0] === 'yes',
    proxyJump: all('proxyjump')[0],
    proxyCommand: all('proxycommand')[0],
    keepaliveSeconds: Number(all('serveraliveinterval')[0]),
  };
}

function asHere(home: string, alias: string) {
  const config = readConfig({
    homeDirectory: home,
    systemDirectory: join(home, 'nothing'),
    leftOut: join(home, 'nothing'),
    environment: {},
  });
  const resolved = resolveHost(valuesFor(config, { alias, localUser }), { alias, localUser });
  const { host, port, user, identityFiles, identitiesOnly, proxyJump, proxyCommand } = resolved;
  const jump = proxyJump?.replace(/^ssh:\/\//, '');
  return {
    host,
    port,
    user,
    identityFiles,
    identitiesOnly,
    proxyJump: jump === 'none' ? undefined : jump,
    proxyCommand,
    keepaliveSeconds: resolved.keepaliveSeconds ?? 0,
  };
}

describe('a configuration', () => {
  it('means what OpenSSH takes it for', async () => {
    await fc.assert(
      fc.asyncProperty(configuration, fc.constantFrom(...aliases), async (config, alias) => {
        const home = write(config);
        expect(asHere(home, alias)).toEqual(await asOpenSsh(home, alias));
      }),
      { numRuns: 300 },
    );
  });
});
