/** Jump hosts and names of OpenSSH's configuration in pasted commands. */
import { describe, expect, it } from 'vitest';
import type { SshAccess } from '../../main/clouds/cloud.ts';
import { readAliases } from '../../main/features/ssh/alias-in-command.ts';
import { parseCommands, sshCommand } from '../../main/features/ssh/ssh-command.ts';
import { run } from '../support/child.ts';

const one = { host: 'one', port: 22 };

describe('jump hosts', () => {
  it.each([
    ['ssh -J one ada@box', [one]],
    ['ssh -Jone ada@box', [one]],
    [
      'ssh -J grace@one:2222,two ada@box',
      [
        { user: 'grace', host: 'one', port: 2222 },
        { host: 'two', port: 22 },
      ],
    ],
    ['ssh -o ProxyJump=one ada@box', [one]],
    [
      "ssh -o 'ProxyJump one,[2001:db8::1]:2222' ada@box",
      [one, { host: '2001:db8::1', port: 2222 }],
    ],
    ['ssh -J ssh://grace@one:2222 ada@box', [{ user: 'grace', host: 'one', port: 2222 }]],
    ['ssh -J one -J two ada@box', [one]],
    ['ssh -o ProxyJump=one -J two ada@box', [one]],
  ])('%j are read, the first mention of them', (line, jumps) => {
    expect(parseCommands(line)).toMatchObject([
      { kind: 'parsed', host: 'box', jumps, ignored: [] },
    ]);
  });

  it.each(['ssh -J none ada@box', 'ssh -o ProxyJump=none -J one ada@box'])(
    '%j has none',
    (line) => {
      expect(parseCommands(line)[0]).not.toHaveProperty('jumps');
    },
  );

  it.each([
    'ssh -J one,,two ada@box',
    'ssh -J -oProxyCommand=evil ada@box',
    'ssh -J "one two" ada@box',
    'ssh -J one:99999 ada@box',
    'ssh -J -evil@one ada@box',
    'ssh -J $HOME ada@box',
    `ssh -J ${Array.from({ length: 9 }, (_, hop) => `hop${hop}`).join(',')} ada@box`,
  ])('%j are refused', (line) => {
    expect(parseCommands(line)).toMatchObject([
      { kind: 'refused', rule: { id: 'command-jump-host' } },
    ]);
  });

  it('stand in our own command as OpenSSH and we read them', async () => {
    const place = {
      host: 'box',
      port: 2222,
      user: 'ada',
      keyName: 'work',
      jumps: [
        { host: 'one', port: 22, user: 'DOMAIN\\grace' },
        { host: '2001:db8::1', port: 2200, user: 'root' },
      ],
    };
    const command = sshCommand(place);
    expect(parseCommands(command)).toMatchObject([place]);
    const words = await run('bash', ['-c', `ssh() { printf '%s\\n' "$@"; }; ${command}`]);
    const said = await run('ssh', ['-G', '-F', '/dev/null', ...words.trim().split('\n')]);
    expect(said).toContain('proxyjump DOMAIN\\grace@one:22,root@[2001:db8::1]:2200\n');
  });
});

describe('a name of the configuration', () => {
  const access = (changes: Partial<SshAccess>): SshAccess => ({
    host: 'gpu.example',
    port: 2222,
    user: 'ada',
    hostKeyName: 'gpu.example',
    publishedHostKeys: [],
    login: { kind: 'agent' },
    ...changes,
  });
  const gate = access({ host: 'gate.example', port: 2200, user: 'grace' });
  const known: Readonly<Record<string, SshAccess>> = {
    gpu: access({}),
    gate,
    inner: access({ jumps: [gate] }),
  };
  const sshConfig = {
    access(alias: string) {
      if (alias === 'broken') throw new Error('leads nowhere');
      return known[alias];
    },
  };
  const read = (line: string) =>
    parseCommands(line).map((command) => readAliases(command, sshConfig))[0];

  it.each(['ssh gpu', 'gpu', '$ ssh gpu', '  ssh   gpu '])('%j is offered to follow it', (line) => {
    expect(read(line)).toMatchObject({
      host: 'gpu.example',
      port: 2222,
      user: 'ada',
      configAlias: 'gpu',
    });
  });

  it('brings its jump hosts', () => {
    expect(read('ssh inner')).toMatchObject({
      configAlias: 'inner',
      jumps: [{ host: 'gate.example', port: 2200, user: 'grace' }],
    });
  });

  it.each(['ssh root@gpu', 'ssh -p 22 gpu', 'ssh other', 'ssh broken', 'ssh ssh://gpu'])(
    '%j says something else',
    (line) => {
      expect(read(line)).not.toHaveProperty('configAlias');
    },
  );

  it('gives a jump host its place', () => {
    expect(read('ssh -J gate,root@gpu,other,inner ada@box')).toMatchObject({
      jumps: [
        { host: 'gate.example', port: 2200, user: 'grace' },
        { host: 'gpu.example', port: 2222, user: 'root' },
        { host: 'other', port: 22 },
        { host: 'inner', port: 22 },
      ],
    });
  });
});
