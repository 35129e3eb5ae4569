/** OpenSSH's own clients on a guest: ssh by password and by key, sftp, scp, tunnels. */
import { randomBytes } from 'node:crypto';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { run, startChild } from '../support/child.ts';
import { freePort } from '../support/free-port.ts';
import { startTestGuest, type TestGuest } from '../support/guest.ts';
import { newKeyPair } from '../support/key-pair.ts';
import { createTempDir } from '../support/temp-dir.ts';

const directory = createTempDir('openssh');
const path = (name: string) => join(directory.path, name);
const data = randomBytes(3_000_000);
let guest: TestGuest;

const common = [
  ...['-o', 'StrictHostKeyChecking=yes', '-o', 'LogLevel=ERROR'],
  ...['-o', `UserKnownHostsFile=${path('known_hosts')}`],
];
const byKey = [...common, '-o', 'BatchMode=yes', '-i', path('key')];
const at = () => ['-p', String(guest.guest.sshPort), 'root@127.0.0.1'];
const ssh = (command: string, input = '') => run('ssh', [...byKey, ...at(), command], input);

beforeAll(async () => {
  guest = await startTestGuest();
  const { sshPort, hostPublicKey } = guest.guest;
  writeFileSync(path('known_hosts'), `[127.0.0.1]:${sshPort} ${hostPublicKey}\n`);
  const key = newKeyPair();
  writeFileSync(path('key'), key.private, { mode: 0o600 });
  writeFileSync(path('data'), data);
  writeFileSync(path('ask'), `#!/bin/sh\necho '${guest.password}'\n`);
  chmodSync(path('ask'), 0o700);
  await guest.run('cat >> .ssh/authorized_keys', `# a comment\n${key.public} me\n`);
});

afterAll(async () => {
  await guest.stop();
  directory.remove();
});

describe('ssh', () => {
  it('signs in with the password, to the published host key', async () => {
    const env = { ...process.env, SSH_ASKPASS: path('ask'), SSH_ASKPASS_REQUIRE: 'force' };
    const output = await run('ssh', [...common, ...at(), 'whoami'], '', { env });
    expect(output).toBe('root\n');
  });

  it('is refused with another password, user or key', async () => {
    writeFileSync(path('other'), newKeyPair().private, { mode: 0o600 });
    const other = [...common, '-o', 'BatchMode=yes', '-i', path('other')];
    await expect(run('ssh', [...other, ...at(), 'true'])).rejects.toThrow(/Permission denied/);
    const nobody = [...byKey, '-l', 'nobody', '-p', String(guest.guest.sshPort), '127.0.0.1'];
    await expect(run('ssh', [...nobody, 'true'])).rejects.toThrow(/Permission denied/);
  });

  it('hands on status, input and bytes', async () => {
    await expect(ssh('exit 5')).rejects.toThrow(/ended with 5/);
    expect(await ssh('cat > up; wc -c up', data.toString('latin1'))).toMatch(/ up\n$/);
    const child = startChild('ssh', [...byKey, ...at(), 'base64 -w 0 data']);
    await run('scp', [
      ...byKey,
      '-P',
      String(guest.guest.sshPort),
      path('data'),
      'root@127.0.0.1:data',
    ]);
    await child.ended;
    expect(await ssh('md5sum data')).toBe(
      await run('sh', ['-c', `md5sum < ${path('data')} | sed s/-/data/`]),
    );
  });

  it('gets a terminal when it asks for one, and a shell that reads what is piped', async () => {
    expect(await run('ssh', ['-tt', ...byKey, ...at(), 'tty'])).toMatch(/\/dev\/pts\/\d+/);
    expect(await run('ssh', ['-T', ...byKey, ...at()], 'echo piped\n')).toBe('piped\n');
  });

  it('is answered when it asks whether anyone is there', async () => {
    const alive = ['-o', 'ServerAliveInterval=1', '-o', 'ServerAliveCountMax=1'];
    expect(await run('ssh', [...alive, ...byKey, ...at(), 'sleep 3; echo still'])).toBe('still\n');
  });

  it("reaches the guest's notebook through a tunnel, and nothing else", async () => {
    const [notebook, other] = [await freePort(), await freePort()];
    const forwards = ['-L', `${notebook}:localhost:8888`, '-L', `${other}:localhost:22`];
    const child = startChild('ssh', ['-v', '-N', ...forwards, ...byKey, ...at()]);
    await child.waitFor(/Entering interactive session|pledge/);
    const answer = await fetch(`http://127.0.0.1:${notebook}/api`);
    expect(await answer.json()).toMatchObject({ version: expect.stringContaining('sandbox') });
    await expect(fetch(`http://127.0.0.1:${other}/`)).rejects.toThrow();
    await child.stop();
  });
});

describe('sftp and scp', () => {
  const sftp = (commands: readonly string[]) =>
    run(
      'sftp',
      [...byKey, '-P', String(guest.guest.sshPort), '-b', '-', 'root@127.0.0.1'],
      `${commands.join('\n')}\n`,
    );

  it('writes, lists, renames, links, changes, reads and removes', async () => {
    const output = await sftp([
      'mkdir transfer',
      'cd transfer',
      `put ${path('data')} one`,
      'rename one two',
      'ln -s two link',
      'chmod 600 two',
      'ls -l',
      `get link ${path('back')}`,
      'rm link',
      'rm two',
      'cd ..',
      'rmdir transfer',
      'pwd',
    ]);
    expect(output).toMatch(/^lrwxrwxrwx .*link$/m);
    expect(output).toMatch(/^-rw------- .*3000000 .*two$/m);
    expect(output).toMatch(/Remote working directory: \/root/);
    expect(readFileSync(path('back')).equals(data)).toBe(true);
    expect(await ssh('ls')).not.toMatch(/transfer/);
  });

  it.each([
    ['get /nowhere', /not found|No such file/],
    ['rm /root', /Failure|directory/],
    ['rmdir /root', /Failure|not empty/],
    ['mkdir /root', /Failure|exists/],
    ['put ask /proc/x', /denied|No such file/],
  ])('says what is wrong with %s', async (command, reason) => {
    await expect(sftp([command.replace('ask', path('ask'))])).rejects.toThrow(reason);
  });

  it('copies a directory there and back', async () => {
    await run('mkdir', ['-p', path('tree/sub')]);
    writeFileSync(path('tree/sub/檔案'), '內容');
    const port = ['-P', String(guest.guest.sshPort)];
    await run('scp', ['-r', ...byKey, ...port, path('tree'), 'root@127.0.0.1:/tmp/']);
    expect(await ssh('cat /tmp/tree/sub/檔案')).toBe('內容');
    await run('scp', ['-r', ...byKey, ...port, 'root@127.0.0.1:/tmp/tree', path('again')]);
    expect(readFileSync(path('again/sub/檔案'), 'utf8')).toBe('內容');
  });
});
