/** A guest from start to stop: what is exported and comes back, what it measures, how it says goodbye. */
import { once } from 'node:events';
import { connect } from 'node:net';
import ssh2, { type ClientChannel } from 'ssh2';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FileTree } from '../../main/sandbox/guest/guest.ts';
import { runOn, startTestGuest } from '../support/guest.ts';
import { openGuestTerminal, prompt } from '../support/guest-terminal.ts';

const pathsOf = (tree: FileTree | undefined) => tree?.map(({ path }) => path) ?? [];

describe('the files of a guest', () => {
  it('come back in one made of them, but for /datadrive, which keeps its own', async () => {
    const datadrive = { files: [], readOnly: false };
    const first = await startTestGuest({ datadrive });
    await first.run(
      'mkdir runs; echo 成果 > runs/result; chmod 600 runs/result; echo big > /datadrive/set',
    );
    const { root, datadrive: drive } = await first.guest.exportFiles();
    const size = await first.guest.sizeBytes();
    await first.stop();
    expect(pathsOf(root)).toContain('/root/runs/result');
    expect(
      pathsOf(root).filter((path) => /^\/(datadrive|proc|dev|usr\/bin\/ls)/.test(path)),
    ).toEqual([]);
    expect(pathsOf(drive)).toEqual(['/set']);
    expect(size).toBeGreaterThan(1000);

    const second = await startTestGuest({ files: root, hostName: 'another' });
    expect((await second.run('cat /etc/hostname; grep -c datadrive /etc/fstab')).output).toBe(
      'another\n0\n',
    );
    const { output } = await second.run(
      'cat runs/result; stat -c %a runs/result; ls /datadrive; which ls',
    );
    expect(output).toMatch(/^成果\n600\n(ls: [^\n]*\n)?\/usr\/bin\/ls\n$/);
    await second.stop();
    const third = await startTestGuest({ datadrive: { files: drive ?? [], readOnly: true } });
    expect(await third.run('cat /datadrive/set; rm /datadrive/set')).toMatchObject({
      output: 'big\n',
      status: 1,
    });
    await third.stop();
  });

  it('are said to have changed, and not before anyone changed them', async () => {
    let changes = 0;
    const guest = await startTestGuest({
      onFilesChanged: () => {
        changes += 1;
      },
    });
    await guest.run('ls; cat README.txt; df; nvidia-smi');
    expect(changes).toBe(0);
    await guest.run('echo x > y');
    expect(changes).toBeGreaterThan(0);
    await guest.stop();
  });
});

describe('a running guest', () => {
  let guest: Awaited<ReturnType<typeof startTestGuest>>;
  beforeAll(async () => {
    guest = await startTestGuest();
  });
  afterAll(() => guest.stop());

  it('shows a training run in its metrics, and its end', async () => {
    expect(guest.guest.metrics()).toMatchObject({ gpus: [{ load: 0 }] });
    const client = await guest.connect();
    const run = await new Promise<ClientChannel>((resolve, reject) =>
      client.exec('python3 train.py', (error, opened) => (error ? reject(error) : resolve(opened))),
    );
    const load = () => guest.guest.metrics().gpus[0]?.load ?? 0;
    await expect.poll(load).toBeGreaterThan(0.8);
    expect(guest.guest.metrics().cpu).toBeGreaterThan(0.15);
    run.resume().signal('INT');
    await once(run, 'close');
    expect(guest.guest.metrics()).toMatchObject({ gpus: [{ load: 0 }] });
  });

  it('ends a command at a signal, and when its channel closes', async () => {
    const client = await guest.connect();
    const start = () =>
      new Promise<ClientChannel>((resolve, reject) =>
        client.exec('sleep 100', (error, opened) => (error ? reject(error) : resolve(opened))),
      );
    const channel = await start();
    const status = new Promise((resolve) => channel.on('exit', resolve));
    await expect.poll(() => guest.workers.busy).toBe(1);
    channel.signal('INT');
    expect(await status).toBe(130);
    (await start()).close();
    await expect.poll(() => guest.workers.busy).toBe(0);
  });

  it('counts its connections', async () => {
    const before = guest.guest.openConnections();
    const client = await guest.connect();
    expect(guest.guest.openConnections()).toBe(before + 1);
    client.end();
    await expect.poll(() => guest.guest.openConnections()).toBe(before);
  });

  it('runs several commands of one connection at once', async () => {
    const client = await guest.connect();
    const results = await Promise.all(
      [1, 2, 3, 4].map((n) => runOn(client, `sleep 0.2; echo ${n}`)),
    );
    expect(results.map(({ output }) => output)).toEqual(['1\n', '2\n', '3\n', '4\n']);
  });

  it('holds a command back while nobody reads, and loses nothing', async () => {
    const client = await guest.connect();
    const channel = await new Promise<ClientChannel>((resolve, reject) =>
      client.exec('yes 0123456789 | head -n 6000000', (error, opened) =>
        error ? reject(error) : resolve(opened),
      ),
    );
    const before = process.memoryUsage().arrayBuffers;
    await new Promise((resolve) => setTimeout(resolve, 1500));
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(32_000_000);
    let bytes = 0;
    channel.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
    });
    await once(channel, 'close');
    expect(bytes).toBe(66_000_000);
  });

  it('lives on when a client sends nonsense or vanishes', async () => {
    const socket = connect(guest.guest.sshPort, '127.0.0.1');
    socket.on('error', () => {}).resume();
    socket.write('SSH-2.0-nonsense\r\n\xff\xff\xff\xff\xff\xff\xff\xff');
    await once(socket, 'close');
    const client = await guest.connect();
    client.exec('yes', () => {});
    await new Promise((resolve) => setTimeout(resolve, 200));
    client.destroy();
    expect((await guest.run('echo alive')).output).toBe('alive\n');
  });

  it('gives up on one who keeps guessing', async () => {
    const client = new ssh2.Client();
    client.on('error', () => {});
    const closed = new Promise<void>((resolve) => client.on('close', () => resolve()));
    let guesses = 0;
    client.connect({
      host: '127.0.0.1',
      port: guest.guest.sshPort,
      username: 'root',
      authHandler: (_left, _partial, next) => {
        guesses += 1;
        next({ type: 'password', username: 'root', password: `guess ${guesses}` });
      },
    });
    await closed;
    expect(guesses).toBe(6);
  });
});

describe('the end of a guest', () => {
  it('is said in every shell, ends what runs, and frees the ports', async () => {
    const guest = await startTestGuest();
    const terminal = await openGuestTerminal(await guest.connect());
    await terminal.until(prompt);
    terminal.type('sleep 100 &\r');
    await terminal.until(/\[1\] \d+\n[\s\S]*# $/);
    terminal.type('sleep 100\r');
    const { sshPort, httpPort } = guest.guest;
    const stopped = guest.stop();
    await terminal.until(/The machine is going down/);
    await stopped;
    // Nothing runs on in a worker, in the foreground or beside it.
    await expect.poll(() => guest.workers.busy).toBe(0);
    for (const port of [sshPort, httpPort]) {
      const socket = connect(port, '127.0.0.1');
      const [error] = await once(socket, 'error');
      expect(error).toMatchObject({ code: 'ECONNREFUSED' });
    }
    const again = await startTestGuest({ sshPort, httpPort });
    expect(again.guest.sshPort).toBe(sshPort);
    await again.stop();
  });
});
