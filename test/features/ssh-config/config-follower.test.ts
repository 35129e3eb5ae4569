/** OpenSSH's configuration followed: what its hosts mean, and what is not used of them. */
import { mkdirSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ConfigHome, createConfigHome } from '../../support/config-home.ts';

let home: ConfigHome;
beforeEach(() => {
  home = createConfigHome();
});
afterEach(() => home.remove());

const inSsh = (name: string) => home.inSsh(name);
const write = (text: string, name?: string) => home.write(text, name);
const follow = (text?: string) => home.follow(text);
const hostOf = (text: string) => home.read(text).hosts[0];
const notesOf = (text: string) => hostOf(text)?.notes.map(({ id }) => id);

describe('a host', () => {
  it('is told with place, way and what it needs', () => {
    write('', 'one');
    const list = follow(`
Host inner gpu-* !gpu-0
  HostName %h.example
  Port 2222
  User grace
  ProxyJump root@gate:2200,second
  IdentityFile ~/.ssh/one
  IdentitiesOnly yes
  ServerAliveInterval 1m
Host second
  HostName 192.0.2.2
`).list(new Set(['second']));
    expect(list).toEqual({
      files: [inSsh('config')],
      problems: [],
      hosts: [
        {
          alias: 'inner',
          host: 'inner.example',
          port: 2222,
          user: 'grace',
          jumps: ['root@gate:2200', 'second'],
          followed: false,
          notes: [],
          usable: true,
        },
        {
          alias: 'second',
          host: '192.0.2.2',
          port: 22,
          user: 'ada',
          jumps: [],
          followed: true,
          notes: [],
          usable: true,
        },
      ],
    });
    expect(follow().access('inner')).toEqual({
      host: 'inner.example',
      port: 2222,
      user: 'grace',
      hostKeyName: '[inner.example]:2222',
      publishedHostKeys: [],
      keepaliveSeconds: 60,
      login: {
        kind: 'identities',
        files: [inSsh('one')],
        agent: false,
        passwordId: 'ssh-config/grace@inner.example:2222/password',
      },
      jumps: [
        expect.objectContaining({ host: 'gate', port: 2200, user: 'root' }),
        expect.objectContaining({ host: '192.0.2.2', port: 22, user: 'ada' }),
      ],
    });
  });

  it('that only a wildcard names is none to follow', () => {
    expect(follow('Host gpu-*\n  User grace').access('gpu-1')).toBeUndefined();
  });

  it('has its keys and agent by their paths, with tokens and variables', () => {
    mkdirSync(inSsh('keys'));
    for (const name of ['keys/box-grace', 'desk.pub', 'last']) write('', name);
    const text = `Host box
  User grace
  IdentityFile \${KEYS}/%h-%r
  IdentityFile "%d/.ssh/%L"
  IdentityFile .ssh/last
  IdentityFile ~/.ssh/missing
  IdentityFile \${NOTHING}/x
  IdentityAgent $AGENT
`;
    expect(notesOf(text)).toEqual(['config-key-missing', 'config-key-missing']);
    expect(follow().access('box')?.login).toMatchObject({
      files: [inSsh('keys/box-grace'), inSsh('desk'), inSsh('last')],
      agent: true,
      agentSocket: '/run/agent',
    });
  });

  it('without keys of its own has the usual ones, and may have no agent', () => {
    write('', 'id_ed25519');
    expect(follow('Host box\n IdentityAgent none').access('box')?.login).toMatchObject({
      files: [inSsh('id_ed25519')],
      agent: false,
      agentSocket: 'none',
    });
    expect(follow('Host box\n IdentityFile none').access('box')?.login).toMatchObject({
      files: [],
    });
  });

  it('has known_hosts files of its own', () => {
    const text = `Host box
  UserKnownHostsFile ~/.ssh/%n.hosts "\${KEYS}/all"
  GlobalKnownHostsFile none`;
    expect(follow(text).access('box')?.knownHostsFiles).toEqual([
      inSsh('box.hosts'),
      inSsh('keys/all'),
    ]);
  });

  it('is known by its HostKeyAlias', () => {
    expect(follow('Host box\n Port 2222\n HostKeyAlias Fleet').access('box')?.hostKeyName).toBe(
      'fleet',
    );
  });

  it('is reached by its command, with all of it filled in, but never through one and jump hosts', () => {
    const command = 'corkscrew proxy 8080 [%h]:%p %r@%n 100%%';
    const text = `Host box\n HostName box.example\n Port 22\n User ada\n ProxyCommand ${command}`;
    expect(hostOf(text)).toMatchObject({
      proxyCommand: 'corkscrew proxy 8080 [box.example]:22 ada@box 100%',
      jumps: [],
    });
    expect(hostOf(`Host box\n ProxyJump gate\nHost *\n ProxyCommand nc %h %p`)).toMatchObject({
      jumps: ['gate'],
      proxyCommand: 'nc gate 22',
    });
    expect(follow().access('box')).not.toHaveProperty('proxyCommand');
  });
});

describe('a command that is nothing but a jump host', () => {
  it.each([
    ['ssh -W %h:%p gate', 'gate'],
    ['ssh -q -W "[%h]:%p" -p 2200 grace@gate', 'grace@gate:2200'],
    ['ssh gate.example -W [%h]:%p', 'gate.example'],
  ])('%s is one, and is not run', (command, jump) => {
    expect(hostOf(`Host box\n ProxyCommand ${command}`)).toMatchObject({
      jumps: [jump],
      notes: [{ id: 'config-command-is-jump' }],
    });
    expect(hostOf(`Host box\n ProxyCommand ${command}`)).not.toHaveProperty('proxyCommand');
  });

  it.each([
    'ssh gate nc %h %p',
    'ssh -W %h:22 gate',
    'ssh -i ~/.ssh/key -W %h:%p gate',
    'ssh -W %h:%p $GATE',
    'ssh -W %h:%p gate; reboot',
    'ssh -W %h:%p gate:22',
    'ssh -p 99999 -W %h:%p gate',
    'ssh -W %h:%p',
    'nc -W %h:%p gate',
  ])('%s is not', (command) => {
    expect(hostOf(`Host box\n ProxyCommand ${command}`)).toMatchObject({ jumps: [] });
    expect(hostOf(`Host box\n ProxyCommand ${command}`)).toHaveProperty('proxyCommand');
  });
});

describe('what is not used of a host is said', () => {
  it.each([
    ['StrictHostKeyChecking no', 'config-weakening-ignored'],
    ['StrictHostKeyChecking accept-new', 'config-weakening-ignored'],
    ['UserKnownHostsFile /dev/null', 'config-weakening-ignored'],
    ['LocalCommand reboot', 'config-command-never-run'],
    ['RemoteCommand tmux', 'config-command-never-run'],
    ['KnownHostsCommand /bin/x', 'config-command-never-run'],
    ['CertificateFile ~/.ssh/x-cert.pub', 'config-certificate-not-used'],
    ['LocalForward 8080 localhost:80', 'config-option-not-used'],
    ['ForwardAgent yes', 'config-option-not-used'],
    ['PKCS11Provider /lib/x.so', 'config-option-not-used'],
    ['Match exec "true"\n  Port 23', 'config-match-exec'],
    ['Match host box !exec "true"\n  Port 23', 'config-match-exec'],
    ['Match tagged work\n  Port 23', 'config-match-unknown'],
    ['Match localnetwork 10.0.0.0/8\n  Port 23', 'config-match-unknown'],
  ])('%s', (line, id) => {
    expect(notesOf(`Host box\n ${line}`)).toEqual([id]);
    expect(hostOf(`Host box\n ${line}`)).toMatchObject({ port: 22, usable: true });
  });

  it.each([
    'StrictHostKeyChecking yes',
    'ForwardAgent no',
    'UserKnownHostsFile ~/.ssh/known_hosts ~/.ssh/more',
    'GlobalKnownHostsFile none',
    'RemoteCommand none',
    'SendEnv LANG',
  ])('and %s is nothing to say', (line) => {
    expect(notesOf(`Host box\n ${line}`)).toEqual([]);
  });
});

describe('a name', () => {
  it.each(['訓練機', 'gpu-1.lab', 'ada@box', 'Mixed_Case', '10.0.0.7'])(
    '%s can be followed',
    (name) => {
      expect(hostOf(`Host ${name}\n HostName box`)).toMatchObject({ alias: name, usable: true });
    },
  );

  it.each(['"a b"', '$(reboot)', '`reboot`', 'a;reboot', 'a|b', '-oX', "it's'", 'a&b'])(
    '%s is listed, and said to be none to follow',
    (name) => {
      const host = home.read(`Host "${name.replaceAll('"', '')}"\n HostName box`).hosts[0];
      expect(host).toMatchObject({ usable: false, notes: [{ id: 'config-alias-invalid' }] });
    },
  );
});

it('a keepalive that would be longer than any timer is one of a day', () => {
  home.write('Host box\n ServerAliveInterval 9w');
  expect(follow().access('box')?.keepaliveSeconds).toBe(86_400);
});

describe('a host that leads nowhere', () => {
  it.each([
    ['HostName -oProxyCommand=reboot', 'config-value-unclear'],
    ['HostName "a b"', 'config-value-unclear'],
    ['User "-l root"', 'config-value-unclear'],
    ['HostKeyAlias *', 'config-value-unclear'],
    ['HostKeyAlias box,other', 'config-value-unclear'],
    ['Port 99999', 'config-value-unclear'],
    ['Port ssh', 'config-value-unclear'],
    ['ProxyJump a,,b', 'config-value-unclear'],
    ['ProxyJump %z', 'config-value-unclear'],
    ['ProxyCommand nc %z', 'config-value-unclear'],
    ['ProxyJump box', 'config-jump-loop'],
    ['ProxyJump other\nHost other\n ProxyJump box', 'config-jump-loop'],
  ])('because of %s is said to, and never another place', (line, id) => {
    expect(hostOf(`Host box\n ${line}`)).toMatchObject({ usable: false, notes: [{ id }] });
    expect(() => follow().access('box')).toThrow(
      expect.objectContaining({ code: 'invalid', rule: expect.objectContaining({ id }) }),
    );
  });
});
