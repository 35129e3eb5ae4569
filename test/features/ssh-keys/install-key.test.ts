/** A key put on a real server that takes passwords: added once, proved by a login of its own, and said why when it is refused. */
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Connections } from '../../../main/features/ssh/connections.ts';
import { createKey } from '../../../main/features/ssh-keys/create-key.ts';
import { installKey } from '../../../main/features/ssh-keys/install-key.ts';
import { whyRefused } from '../../../main/features/ssh-keys/why-refused.ts';
import { isRoot } from '../../support/account.ts';
import { run } from '../../support/child.ts';
import { type LiveCore, startLiveCore } from '../../support/live-core.ts';
import { type Sshd, startSshd } from '../../support/sshd.ts';
import { createTempDir } from '../../support/temp-dir.ts';

const readsHome = ['UsePAM no', 'AuthorizedKeysFile .ssh/authorized_keys'];

// Only root can make an account with a password.
describe.skipIf(!isRoot)('a key that is installed', () => {
  let sshd: Sshd;
  let live: LiveCore;
  let instance: string;
  /** What the person types. */
  let password: string;
  beforeAll(async () => {
    sshd = await startSshd({ config: readsHome });
  });
  afterAll(() => sshd.stop());
  beforeEach(async () => {
    password = sshd.password;
    live = await startLiveCore({
      answer: ({ question }) => {
        if (question.kind === 'host-key') return { kind: 'trust' };
        if (question.kind === 'password') {
          return { kind: 'secret', secret: password, remember: false };
        }
        return { kind: 'cancel' };
      },
    });
    await live.client.call('vault.setUp', { mode: 'memory' });
    await live.client.call('ssh.createKey', { name: 'fresh', comment: "ada's key $(reboot)" });
    instance = await live.addServer({ port: sshd.port, user: sshd.user });
  });
  afterEach(async () => {
    await live.close();
    rmSync(folder(), { recursive: true, force: true });
  });

  const folder = () => join(sshd.home, '.ssh');
  const authorized = () => join(folder(), 'authorized_keys');
  const publicKey = () => readFileSync(join(live.homeDirectory, '.ssh/fresh.pub'), 'utf8');
  const install = () => live.client.call('ssh.installKey', { instance, keyName: 'fresh' });
  const ownedByAccount = async (...paths: readonly string[]) => {
    await run('chown', [`${sshd.account.uid}:${sshd.account.gid}`, ...paths]);
  };

  it('opens the door by itself, and stands there once however often it is installed', async () => {
    expect(await install()).toEqual({ kind: 'installed' });
    expect(readFileSync(authorized(), 'utf8')).toBe(publicKey());
    expect(statSync(authorized()).mode & 0o777).toBe(0o600);
    expect(statSync(folder()).mode & 0o777).toBe(0o700);
    expect(await install()).toEqual({ kind: 'already-there' });
    expect(readFileSync(authorized(), 'utf8')).toBe(publicKey());
    expect(sshd.log()).toMatch(/Accepted publickey for/);
  });

  it('comes after keys whose file does not end with a line end, and leaves them as they are', async () => {
    mkdirSync(folder());
    const others = `# ${publicKey().trim()}\nssh-ed25519 AAAAother grace`;
    writeFileSync(authorized(), others);
    chmodSync(authorized(), 0o664);
    await ownedByAccount(folder(), authorized());
    expect(await install()).toEqual({ kind: 'installed' });
    expect(readFileSync(authorized(), 'utf8')).toBe(`${others}\n${publicKey()}`);
    expect(statSync(authorized()).mode & 0o777).toBe(0o644);
  });

  it('goes where a link leads, after lines of Windows, and a huge file is no matter', async () => {
    mkdirSync(folder());
    const others = `# a line of Windows\r\n${'#'.repeat(99)}\n`.repeat(20_000);
    const kept = join(sshd.home, 'kept-keys');
    writeFileSync(kept, others);
    symlinkSync('../kept-keys', authorized());
    await ownedByAccount(folder(), kept);
    expect(await install()).toEqual({ kind: 'installed' });
    expect(readFileSync(kept, 'utf8')).toBe(`${others}${publicKey()}`);
    expect(lstatSync(authorized()).isSymbolicLink()).toBe(true);
    rmSync(kept);
  });

  it('is already there behind options of its line', async () => {
    mkdirSync(folder());
    const line = `no-pty,environment="A=b c" ${publicKey()}`;
    writeFileSync(authorized(), line);
    await ownedByAccount(folder(), authorized());
    expect(await install()).toEqual({ kind: 'already-there' });
    expect(readFileSync(authorized(), 'utf8')).toBe(line);
  });

  it('is not there when the home directory may not be written, and it is said why', async () => {
    mkdirSync(folder(), { mode: 0o555 });
    await expect(install()).rejects.toMatchObject({
      code: 'forbidden',
      rule: {
        id: 'authorized-keys-unwritable',
        params: { detail: expect.stringMatching(/Permission denied/) },
      },
    });
    expect(existsSync(authorized())).toBe(false);
  });

  it('that is sealed is proved with its passphrase', async () => {
    await live.client.call('ssh.createKey', { name: 'sealed', comment: '', passphrase: 'secret' });
    const installing = live.client.call('ssh.installKey', { instance, keyName: 'sealed' });
    // The person cancels at the passphrase.
    await expect(installing).rejects.toMatchObject({ code: 'cancelled' });
    expect(live.prompts.at(-1)?.question).toMatchObject({ kind: 'passphrase', keyName: 'sealed' });
  });

  it('and is refused is said to be, whatever a password would open', async () => {
    const strict = await startSshd({ config: [...readsHome, 'PubkeyAuthentication no'] });
    try {
      const other = await live.addServer({ port: strict.port, user: strict.user });
      password = strict.password;
      const asked = live.prompts.length;
      await expect(
        live.client.call('ssh.installKey', { instance: other, keyName: 'fresh' }),
      ).rejects.toMatchObject({
        code: 'unauthenticated',
        rule: { id: expect.stringMatching(/^key-refused/) },
      });
      const passwords = live.prompts
        .slice(asked)
        .filter(({ question }) => question.kind === 'password');
      expect(passwords).toHaveLength(1);
      expect(readFileSync(join(strict.home, '.ssh/authorized_keys'), 'utf8')).toBe(publicKey());
    } finally {
      await strict.stop();
    }
  });
});

it('is not there, and said so, where no POSIX shell could write it down', async () => {
  const home = createTempDir('install-key');
  createKey(home.path, { name: 'fresh', comment: '', passphrase: undefined });
  const connections = {
    owner: () => ({}),
    to: async () => ({ openSession: async () => ({ channel: '', lease: { release() {} } }) }),
  } as unknown as Connections;
  const parts = { connections, homeDirectory: home.path };
  await expect(
    installKey(parts, 'servers/windows', 'fresh', new AbortController().signal),
  ).rejects.toMatchObject({ code: 'unsupported', rule: { id: 'ssh-no-shell' } });
  home.remove();
});

describe('a refusal', () => {
  it.each([
    ['setting pubkeyauthentication no', 'key-refused-switched-off'],
    ['setting PubkeyAuthentication yes\nsetting PubkeyAuthentication no', 'key-refused'],
    ['setting authorizedkeysfile /etc/keys/%u', 'key-refused-other-file'],
    ['setting authorizedkeysfile .ssh/authorized_keys .ssh/authorized_keys2', 'key-refused'],
    ['setting AuthorizedKeysFile %h/.ssh/authorized_keys', 'key-refused'],
    ['mode drwxrwxr-x /home/ada', 'key-refused-writable'],
    ['mode drwxr-xrwx /home/ada', 'key-refused-writable'],
    ['setting strictmodes no\nmode drwxrwxr-x /home/ada', 'key-refused'],
    ['mode drwxr-xr-x /home/ada', 'key-refused'],
    ['', 'key-refused'],
    ['mode\nsetting\n\u0000', 'key-refused'],
  ])('after %j names the rule %s', (facts, id) => {
    expect(whyRefused(facts).id).toBe(id);
  });
});
