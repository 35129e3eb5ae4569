/** Pasted SSH commands: read as data, with OpenSSH's own reading as the judge of the harmless ones. */
import { describe, expect, it } from 'vitest';
import { hostSchema, portSchema, userSchema } from '../../main/clouds/ssh-address.ts';
import { parseCommands, sshCommand } from '../../main/features/ssh/ssh-command.ts';
import type { ParsedCommand } from '../../preload/contract/ssh.ts';
import { run } from '../support/child.ts';
import { createRandom } from '../support/contract/random-frames.ts';
import { mustEnd } from '../support/must-end.ts';

function parse(line: string): ParsedCommand {
  const [parsed] = parseCommands(line);
  if (!parsed) throw new Error('nothing was read');
  return parsed;
}

/** The rule a line is refused by, or what was read of it. */
function ruleOf(line: string): string {
  const parsed = parse(line);
  return parsed.kind === 'refused' ? parsed.rule.id : `read as ${parsed.user}@${parsed.host}`;
}

const ignoredIn = (line: string): readonly (string | number | undefined)[] => {
  const parsed = parse(line);
  if (parsed.kind === 'refused') throw new Error(`refused: ${parsed.rule.id}`);
  return parsed.ignored.map(({ id, params }) => params?.option ?? params?.path ?? id);
};

describe('a pasted command', () => {
  it.each([
    ['ssh -p 15692 root@tw-02.access.example', 'root', 'tw-02.access.example', 15692],
    ['root@tw-02.access.example', 'root', 'tw-02.access.example', 22],
    ['ssh tw-02.access.example', 'root', 'tw-02.access.example', 22],
    ['ssh -p15692 ada@box', 'ada', 'box', 15692],
    ['ssh ada@box -p 15692', 'ada', 'box', 15692],
    ['ssh -l ada box', 'ada', 'box', 22],
    ['ssh -lada -p 2222 box', 'ada', 'box', 2222],
    ['ssh -4Nvp 2222 ada@box', 'ada', 'box', 2222],
    ['ssh ssh://ada@box:2222', 'ada', 'box', 2222],
    ['ssh://ada@box:2222/', 'ada', 'box', 2222],
    ['ssh ssh://ada@[2001:db8::1]:2222', 'ada', '2001:db8::1', 2222],
    ['ssh ada@2001:db8::1', 'ada', '2001:db8::1', 22],
    ['ssh -p 2222 ada@[2001:db8::1]', 'ada', '2001:db8::1', 2222],
    ['ssh -o Port=2222 ada@box', 'ada', 'box', 2222],
    ['ssh -oPort=2222 -oUser=ada box', 'ada', 'box', 2222],
    ['ssh -o "port 2222" ada@box', 'ada', 'box', 2222],
    ["ssh -o 'PORT = 2222' ada@box", 'ada', 'box', 2222],
    ['ssh -o HostName=192.0.2.7 ada@box', 'ada', '192.0.2.7', 22],
    ['ssh ada@box -o HostName=192.0.2.7 -p 2222', 'ada', '192.0.2.7', 2222],
    ['ssh "ada@box" -p "2222"', 'ada', 'box', 2222],
    ["ssh 'ada'@box", 'ada', 'box', 22],
    ['$ ssh -p 2222 ada@box', 'ada', 'box', 2222],
    ['   ssh   -p   2222   ada@box   ', 'ada', 'box', 2222],
    ['ssh\t-p\t2222\tada@box', 'ada', 'box', 2222],
    ['/usr/bin/ssh -p 2222 ada@box', 'ada', 'box', 2222],
    ['C:\\Windows\\System32\\OpenSSH\\ssh.exe -p 2222 ada@box', 'ada', 'box', 2222],
    ['ssh -p 2222 ada@box \\', 'ada', 'box', 2222],
    ['ssh \\\n  -p 2222 \\\r\n  ada@box', 'ada', 'box', 2222],
    ['ssh -- ada@box', 'ada', 'box', 22],
    ['ssh -p 2222 ada@example.org@box', 'ada@example.org', 'box', 2222],
  ])('%j is read', (line, user, host, port) => {
    expect(parse(line)).toMatchObject({ kind: 'parsed', user, host, port, ignored: [] });
  });

  it.each([
    ['ssh -p 2222 ada@box # the big one', 'command-remote-command'],
    ['ssh ada@box nvidia-smi', 'command-remote-command'],
    ['ssh -W other:22 ada@box', '-W other:22'],
    ['ssh -A ada@box', '-A'],
    ['ssh -oStrictHostKeyChecking=no ada@box', 'StrictHostKeyChecking'],
    ['ssh -o UserKnownHostsFile=/dev/null ada@box', 'UserKnownHostsFile'],
    ['ssh -o ServerAliveInterval=30 ada@box', 'ServerAliveInterval'],
    ['ssh -i /mnt/keys/box.pem ada@box', '/mnt/keys/box.pem'],
    ['ssh -i ~/.ssh/../../etc/key ada@box', '~/.ssh/../../etc/key'],
  ])('%j is read without what is not used, and names it', (line, named) => {
    expect(parse(line)).toMatchObject({ kind: 'parsed', user: 'ada', host: 'box' });
    expect(ignoredIn(line)).toEqual([named]);
  });

  it('says that an option would weaken the host key check', () => {
    expect(parse('ssh -o stricthostkeychecking=no ada@box')).toMatchObject({
      ignored: [{ id: 'command-weakening-ignored' }],
    });
  });

  it.each([
    ['ssh -i ~/.ssh/work_key ada@box', 'work_key'],
    ['ssh -i /home/ada/.ssh/id_ed25519 ada@box', 'id_ed25519'],
    ['ssh -i ~/.ssh/cloud.pem ada@box', 'cloud.pem'],
    ['ssh -o IdentityFile=~/.ssh/work_key ada@box', 'work_key'],
  ])('%j names a key of the .ssh folder', (line, keyName) => {
    expect(parse(line)).toMatchObject({ keyName });
  });
});

describe('a dangerous command is refused', () => {
  it.each([
    ['ssh -oProxyCommand=evil ada@box', 'ProxyCommand'],
    ['ssh -o ProxyCommand=evil ada@box', 'ProxyCommand'],
    ['ssh -o "ProxyCommand evil %h" ada@box', 'ProxyCommand'],
    ["ssh -o 'ProxyCommand = evil' ada@box", 'ProxyCommand'],
    ['ssh -o proxycommand=evil ada@box', 'proxycommand'],
    ['ssh -oPROXYCOMMAND=evil ada@box', 'PROXYCOMMAND'],
    ['ssh -vo ProxyCommand=evil ada@box', 'ProxyCommand'],
    ['ssh ada@box -o ProxyCommand=evil', 'ProxyCommand'],
    ['ssh -o ProxyCommand ada@box', 'ProxyCommand'],
    ['ssh -o "ProxyCommand=sh -c \'curl x\'" ada@box', 'ProxyCommand'],
    [`ssh -o '"ProxyCommand" evil' ada@box`, 'ProxyCommand'],
    ['ssh -oLocalCommand=evil ada@box', 'LocalCommand'],
    ['ssh -o PermitLocalCommand=yes ada@box', 'PermitLocalCommand'],
    ['ssh -o KnownHostsCommand=evil ada@box', 'KnownHostsCommand'],
    ['ssh -o PKCS11Provider=/tmp/evil.so ada@box', 'PKCS11Provider'],
    ['ssh -o Include=/tmp/evil ada@box', 'Include'],
    ['ssh -F /tmp/evil ada@box', '-F'],
    ['ssh -F/tmp/evil ada@box', '-F'],
    ['ssh -I /tmp/evil.so ada@box', '-I'],
  ])('%j, naming the unsafe part', (line, option) => {
    expect(parse(line)).toMatchObject({
      kind: 'refused',
      rule: { id: 'command-unsafe-option', params: { option } },
    });
  });

  it.each([
    ['ssh -J -oProxyCommand=evil ada@box', 'command-jump-host'],
    ['ssh -o ProxyJump=gate:0 ada@box', 'command-jump-host'],
    ['ssh ada@box; rm -rf ~', 'command-shell-syntax'],
    ['ssh ada@box | tee log', 'command-shell-syntax'],
    ['ssh ada@box && reboot', 'command-shell-syntax'],
    ['ssh ada@`hostname`', 'command-shell-syntax'],
    ['ssh ada@$(hostname)', 'command-shell-syntax'],
    ['ssh "ada@$(hostname)"', 'command-shell-syntax'],
    ['ssh "ada@`hostname`"', 'command-shell-syntax'],
    ['ssh ada@box > /etc/passwd', 'command-shell-syntax'],
    ['ssh ada@box < /etc/shadow', 'command-shell-syntax'],
    ['ssh ada@bo\u0000x', 'command-control-characters'],
    ['ssh ada@box\u001b[2J', 'command-control-characters'],
    ['ssh ada@\u202exob', 'command-control-characters'],
    ['ssh ada@\u2066box', 'command-control-characters'],
    ['ssh ada@box\u2028-oProxyCommand=evil', 'command-control-characters'],
    ['ssh', 'command-without-host'],
    ['$ ssh', 'command-without-host'],
    ['ssh -p 22', 'command-without-host'],
    ['ssh -p 0 ada@box', 'port-out-of-range'],
    ['ssh -p 65536 ada@box', 'port-out-of-range'],
    ['ssh -p abc ada@box', 'port-out-of-range'],
    ['ssh -p -1 ada@box', 'port-out-of-range'],
    ['ssh -p 1e3 ada@box', 'port-out-of-range'],
    ['ssh -o Port=65536 ada@box', 'port-out-of-range'],
    ['ssh://ada@box:65536', 'port-out-of-range'],
    ['ssh -z ada@box', 'command-unknown-option'],
    ['ssh --help', 'command-unknown-option'],
    ['ssh ada@box -p', 'command-value-missing'],
    ['ssh ada@-oProxyCommand=evil', 'host-invalid'],
    ['ssh -- -oProxyCommand=evil', 'host-invalid'],
    ['ssh -o HostName=-oProxyCommand=evil ada@box', 'host-invalid'],
    ['ssh ssh://-oProxyCommand=evil/', 'host-invalid'],
    ['ssh ada@bo/x', 'host-invalid'],
    ['ssh ada@', 'command-without-host'],
    ['ssh ada@bücher.example', 'host-invalid'],
    ['ssh -l -oProxyCommand=evil box', 'user-invalid'],
    ["ssh 'a da@box'", 'user-invalid'],
    ['ssh ssh://%2DoProxyCommand@box', 'user-invalid'],
    ['ssh ssh://%zz@box', 'user-invalid'],
    [`ssh ada@${'x'.repeat(254)}`, 'host-invalid'],
    [`ssh ${'-v '.repeat(5000)}ada@box`, 'command-too-long'],
    ['x'.repeat(10_000), 'command-too-long'],
  ])('%j, by its rule', (line, rule) => {
    expect(ruleOf(line)).toBe(rule);
  });

  it('shows the line it refused without what could disguise it, and not all of a long one', () => {
    expect(parse('ssh ada@\u202exob\u001b[2J').line).toBe('ssh ada@\ufffdxob\ufffd[2J');
    expect(parse('x'.repeat(10_000)).line.length).toBe(500);
  });
});

describe('several lines', () => {
  it('give one result each, leaving out empty ones, one refused or not', () => {
    const text = 'ssh ada@one\n\n  \r\nssh -F gate ada@two\r\nssh -p 3 ada@three';
    expect(parseCommands(text).map(({ kind }) => kind)).toEqual(['parsed', 'refused', 'parsed']);
  });

  it('are at most 200', () => {
    expect(parseCommands('ssh ada@box\n'.repeat(1000))).toHaveLength(200);
  });

  it('are read in no time, whatever quotes stand in them', () => {
    mustEnd(() => {
      for (const piece of [`"'`, `a'b`, `'"a`, '\\', `"$`, '-o ', '@', '-J a,', '-L 1:', '[']) {
        parseCommands(piece.repeat(100_000 / piece.length));
        parseCommands(`${piece.repeat(3900 / piece.length)}\n`.repeat(20));
      }
    });
  });
});

const pieces = [
  ...['ssh ', '-p ', '-p', '-l ', '-o ', '-oPort=', '-o "', 'ProxyCommand=', 'HostName ', '-i '],
  ...['ssh://', '%', '%2D', '@', ':', '[', ']', '::1', '-', '--', '--  ', '22', '65536', 'root'],
  ...['box', 'box.example', "'", '"', '\\', '\n', '\t', ' ', '=', '~/.ssh/', 'id', '$', '$(', '`'],
  ...[';', '|', '\u0000', '\u202e', '\ud800', '😀', '中', '<b>', '../', 'é', '.', '/', '#', '-J '],
];

describe('any text at all', () => {
  it('never throws, and never yields what is not a host, a port and a user', () => {
    const random = createRandom(20261120);
    let parsed = 0;
    for (let round = 0; round < 5000; round += 1) {
      const length = 1 + Math.floor(random() * 12);
      const text = Array.from({ length }, () => pieces[Math.floor(random() * pieces.length)]).join(
        '',
      );
      for (const command of parseCommands(text)) {
        if (command.kind === 'refused') continue;
        parsed += 1;
        const { host, port, user } = command;
        const valid = [hostSchema.safeParse(host), portSchema.safeParse(port)];
        expect(
          [...valid, userSchema.safeParse(user)].map(({ success }) => success),
          text,
        ).toEqual([true, true, true]);
      }
    }
    // Otherwise the noise proves nothing.
    expect(parsed).toBeGreaterThan(200);
  });
});

/** What OpenSSH itself makes of the words, on this machine, without any configuration. */
async function askOpenSsh(words: readonly string[]) {
  const output = await run('ssh', ['-G', '-F', '/dev/null', ...words]);
  const value = (name: string) => new RegExp(`^${name} (.*)$`, 'm').exec(output)?.[1];
  return { host: value('hostname'), port: Number(value('port')), user: value('user') };
}

describe('OpenSSH reads the same', () => {
  it.each([
    '-p 15692 root@tw-02.access.example',
    '-p15692 -lada box',
    'ada@box -p 2222',
    '-p 1111 -p 2222 ada@box',
    '-p 1111 -o Port=2222 ada@box',
    '-o Port=1111 -p 2222 ada@box',
    '-l ada grace@box',
    'grace@box -l ada',
    '-o User=ada -l grace box',
    '-o HostName=192.0.2.7 ada@box',
    'ada@box -o HostName=192.0.2.7',
    '-o HostName=192.0.2.7 -o HostName=192.0.2.8 ada@box',
    'ssh://ada@box:2222',
    '-p 1111 ssh://ada@box:2222',
    'ada@2001:db8::1',
    '-4Nvp 2222 ada@box',
    '-o port=2222 -o user=ada box',
    'ada@example.org@box',
    '-- ada@box -p 2222',
    'ada@box -- -p 2222',
    'ada@box nvidia-smi -l 5 -p 1',
    'ada@box -p 2222 ls -p 1',
  ])('ssh %s', async (line) => {
    const { host, port, user } = parse(`ssh ${line}`) as Extract<ParsedCommand, { kind: 'parsed' }>;
    expect({ host, port, user }).toEqual(await askOpenSsh(line.split(' ')));
  });
});

describe('our own commands', () => {
  const addresses = [
    { host: 'tw-02.access.example', port: 15692, user: 'root' },
    { host: '192.0.2.7', port: 22, user: 'ada' },
    { host: '2001:db8::1', port: 2222, user: 'ada' },
    { host: 'box', port: 22, user: 'ada@example.org' },
    { host: 'box', port: 22, user: 'MACHINE$' },
    { host: 'box', port: 22, user: 'DOMAIN\\ada' },
  ];

  it('stand as operators know them', () => {
    expect(addresses.slice(0, 2).map(sshCommand)).toEqual([
      'ssh -p 15692 root@tw-02.access.example',
      'ssh -p 22 ada@192.0.2.7',
    ]);
  });

  it.each(addresses)(
    'lead to $user at $host, pasted here and pasted into a shell',
    async (address) => {
      const command = sshCommand(address);
      expect(parse(command)).toMatchObject(address);
      const words = await run('bash', ['-c', `ssh() { printf '%s\\n' "$@"; }; ${command}`]);
      expect(await askOpenSsh(words.trim().split('\n'))).toEqual(address);
    },
  );
});
