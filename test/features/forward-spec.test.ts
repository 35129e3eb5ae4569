/** The tunnels a pasted command asks for: read as ssh(1) does, offered, never opened by reading. */
import { describe, expect, it } from 'vitest';
import { readAliases } from '../../main/features/ssh/alias-in-command.ts';
import { parseForward } from '../../main/features/ssh/forward-spec.ts';
import { parseCommands } from '../../main/features/ssh/ssh-command.ts';

describe('-L', () => {
  it.each([
    ['8888:localhost:8888', 'loopback', 8888, 'localhost', 8888],
    ['localhost:9000:db.internal:5432', 'loopback', 9000, 'db.internal', 5432],
    ['127.0.0.1:9000:10.0.0.7:80', '127.0.0.1', 9000, '10.0.0.7', 80],
    ['*:9000:box:80', '*', 9000, 'box', 80],
    [':9000:box:80', '*', 9000, 'box', 80],
    ['0.0.0.0:9000:box:80', '0.0.0.0', 9000, 'box', 80],
    ['[::1]:9000:[2001:db8::7]:80', '::1', 9000, '2001:db8::7', 80],
    ['9000 box:80', 'loopback', 9000, 'box', 80],
  ])('%j', (text, bindAddress, localPort, remoteHost, remotePort) => {
    const tunnel = { kind: 'local', bindAddress, localPort, localHost: '', remoteHost, remotePort };
    expect(parseForward('L', text)).toEqual(tunnel);
  });
});

it('-R leads from there to here', () => {
  expect(parseForward('R', '*:8000:localhost:3000')).toEqual({
    kind: 'remote',
    bindAddress: '*',
    localPort: 3000,
    localHost: 'localhost',
    remoteHost: '',
    remotePort: 8000,
  });
});

it('-D is a proxy', () => {
  const proxy = { kind: 'dynamic', localHost: '', remoteHost: '', remotePort: 0 };
  expect(parseForward('D', '1080')).toEqual({ ...proxy, bindAddress: 'loopback', localPort: 1080 });
  expect(parseForward('D', '*:1080')).toEqual({ ...proxy, bindAddress: '*', localPort: 1080 });
});

it.each([
  ['L', '/tmp/here.sock:/tmp/there.sock'],
  ['L', '8080:/var/run/docker.sock'],
  ['L', '8888'],
  ['L', '0:box:80'],
  ['L', '70000:box:80'],
  ['L', 'a:b:1:box:80'],
  ['L', '8080:bad host:80'],
  ['L', '8080:$(evil):80'],
  ['R', '1080'],
  ['R', '0:localhost:80'],
  ['D', 'x y:1080'],
  ['D', ''],
] as const)('-%s %j is none of ours', (option, text) => {
  expect(parseForward(option, text)).toBeUndefined();
});

describe('a pasted command', () => {
  const parse = (line: string) => parseCommands(line)[0];

  it('names its tunnels beside the server, in every way they can be written', () => {
    const line =
      'ssh -fN -L 8888:localhost:8888 -R8000:localhost:3000 ada@box -D 1080 -o LocalForward="9000 db:5432"';
    expect(parse(line)).toMatchObject({
      kind: 'parsed',
      host: 'box',
      tunnels: [
        { kind: 'local', localPort: 8888 },
        { kind: 'remote', remotePort: 8000 },
        { kind: 'dynamic', localPort: 1080 },
        { kind: 'local', localPort: 9000, remoteHost: 'db' },
      ],
      ignored: [],
    });
  });

  it('offers once what it says twice', () => {
    const parsed = parse('ssh -L 80:box:80 -L 80:box:80 ada@box');
    expect(parsed).toMatchObject({ tunnels: [{ localPort: 80 }], ignored: [] });
  });

  it('says which it cannot offer', () => {
    const parsed = parse('ssh -L 8080:/var/run/docker.sock ada@box');
    expect(parsed).toMatchObject({
      kind: 'parsed',
      ignored: [{ params: { option: '-L 8080:/var/run/docker.sock' } }],
    });
    expect(parsed).not.toHaveProperty('tunnels');
  });

  it.each(['ssh gpu -L 8888:localhost:8888', 'ssh -N -L8888:localhost:8888 gpu', 'ssh gpu'])(
    'that says no more of the server than a name of the configuration follows it: %j',
    (line) => {
      const [command] = parseCommands(line);
      const access = (alias: string) => {
        if (alias !== 'gpu') throw new Error('unknown');
        return { host: '10.0.0.7', port: 2222, user: 'ada' } as never;
      };
      if (!command) throw new Error('not parsed');
      expect(readAliases(command, { access })).toMatchObject({ configAlias: 'gpu', port: 2222 });
    },
  );
});
