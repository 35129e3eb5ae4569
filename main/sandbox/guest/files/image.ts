/** What a fresh guest has on its disk: the few files a Linux for machine learning shows, all marked as simulated. */
import { createDirectory, createLiveFile, type DirectoryEntry } from './file-node.ts';
import { type FileNode, type FileTree, layOut } from './file-tree.ts';

export interface ImageOptions {
  readonly name: string;
  readonly hostName: string;
  readonly datadrive: boolean;
  readonly gpus: readonly { readonly name: string }[];
  readonly nowMs: number;
}

const trainingScript = `# A stand-in for a training run: the sandbox simulates python3, it does not execute this file.
# Options it understands: --steps N --batch-size N --interval SECONDS --checkpoint-every N --out DIR
import torch

model = torch.nn.Transformer().cuda()
for step in range(1, 201):
    loss = train_step(model)
    print(f"step {step}/200 loss {loss:.4f}")
`;

const notebook = `${JSON.stringify(
  {
    cells: [
      {
        cell_type: 'markdown',
        metadata: {},
        source: ['# Welcome\n', 'This notebook lies in a simulated machine.'],
      },
      {
        cell_type: 'code',
        execution_count: null,
        metadata: {},
        outputs: [],
        source: ['!nvidia-smi'],
      },
    ],
    metadata: { kernelspec: { display_name: 'Shell (simulated)', name: 'shell' } },
    nbformat: 4,
    nbformat_minor: 5,
  },
  undefined,
  1,
)}\n`;

const bashrc = `# ~/.bashrc of the sandbox: aliases and variables set here are read by every shell.
alias ll='ls -l'
alias la='ls -la'
`;

const textFile = (path: string, text: string, mtimeMs: number, mode = 0o644): FileNode => ({
  path,
  kind: 'file',
  mode,
  mtimeMs,
  data: new TextEncoder().encode(text),
});

/** What says which machine this is; written anew when an image becomes another instance. */
export function identityTree({ hostName, datadrive, nowMs }: ImageOptions): FileTree {
  const drive = datadrive ? 'datadrive:/ /datadrive nfs4 defaults,_netdev 0 0\n' : '';
  return [
    textFile('/etc/hostname', `${hostName}\n`, nowMs),
    textFile('/etc/hosts', `127.0.0.1 localhost\n127.0.1.1 ${hostName}\n`, nowMs),
    textFile('/etc/fstab', `/dev/vda1 / ext4 defaults 0 1\n${drive}`, nowMs),
  ];
}

export function imageTree({ name, hostName, gpus, nowMs }: ImageOptions): FileTree {
  const file = (path: string, text: string) => textFile(path, text, nowMs);
  const directory = (path: string, mode = 0o755): FileNode => ({
    path,
    kind: 'directory',
    mode,
    mtimeMs: nowMs,
  });
  const link = (path: string, target: string): FileNode => ({
    path,
    kind: 'symlink',
    mode: 0o777,
    mtimeMs: nowMs,
    target,
  });
  return [
    ...['boot', 'etc', 'home', 'media', 'mnt', 'opt', 'run', 'srv', 'usr', 'var'].map((path) =>
      directory(`/${path}`),
    ),
    directory('/root', 0o700),
    directory('/root/.ssh', 0o700),
    directory('/root/.local/share/jupyter/runtime'),
    directory('/tmp', 0o1777),
    directory('/usr/bin'),
    directory('/usr/local/bin'),
    directory('/var/log'),
    directory('/var/tmp', 0o1777),
    link('/bin', 'usr/bin'),
    link('/sbin', 'usr/bin'),
    link('/usr/sbin', 'bin'),
    file(
      '/etc/os-release',
      `PRETTY_NAME="${name} (Pilothouse sandbox)"\nNAME="Ubuntu"\nVERSION_ID="22.04"\nVERSION="22.04 (simulated)"\nID=ubuntu\nID_LIKE=debian\n`,
    ),
    file(
      '/etc/passwd',
      'root:x:0:0:root:/root:/bin/bash\ndaemon:x:1:1:daemon:/usr/sbin:/usr/sbin/nologin\nnobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin\n',
    ),
    file('/etc/group', 'root:x:0:\ndaemon:x:1:\nnogroup:x:65534:\n'),
    file('/etc/shells', '/bin/sh\n/bin/bash\n'),
    file('/etc/resolv.conf', '# The sandbox has no network.\n'),
    file('/etc/apt/sources.list', '# The sandbox has no network: packages are simulated.\n'),
    file('/var/log/syslog', `${hostName} kernel: simulated by the Pilothouse sandbox\n`),
    file('/root/.bashrc', bashrc),
    file('/root/.profile', '# ~/.profile\n'),
    file(
      '/root/README.txt',
      `This machine is simulated by the Pilothouse sandbox.\n\n  python3 train.py   a training loop, with checkpoints\n  nvidia-smi         ${gpus.length > 0 ? 'the simulated GPUs' : 'this machine has no GPU'}\n  df -h, top, less   as you know them\n\nFiles are kept with the sandbox; a snapshot stores them all but /datadrive.\n`,
    ),
    file('/root/train.py', trainingScript),
    file('/root/welcome.ipynb', notebook),
  ];
}

/** The part of a disk that never is in an export: devices, and a stub for every command. */
export function addBuiltIns(
  root: DirectoryEntry,
  commands: readonly string[],
  proc: DirectoryEntry,
  nowMs: number,
): void {
  layOut(
    [
      { path: '/usr/bin', kind: 'directory', mode: 0o755, mtimeMs: nowMs },
      { path: '/tmp', kind: 'directory', mode: 0o1777, mtimeMs: nowMs },
    ],
    root,
  );
  const devices = createDirectory(0o755, nowMs, { builtIn: true });
  for (const name of [...standardStreams, 'null', 'zero', 'full', 'random', 'urandom', 'tty']) {
    devices.entries.set(
      name,
      createLiveFile(() => '', 0o666),
    );
  }
  devices.entries.set('fd', createDirectory(0o755, nowMs, { builtIn: true }));
  root.entries.set('dev', devices);
  root.entries.set('proc', proc);
  const usr = root.entries.get('usr');
  const bin = usr?.kind === 'directory' ? usr.entries.get('bin') : undefined;
  if (bin?.kind !== 'directory') return;
  for (const command of commands) {
    if (bin.entries.has(command)) continue;
    bin.entries.set(command, commandStub);
  }
}

const standardStreams = ['stdin', 'stdout', 'stderr'];
/** One for all of them, in every guest: just-bash knows its commands by name and only looks whether a file is there. */
const commandStub = createLiveFile(
  () => '#!/bin/bash\n# Simulated by the Pilothouse sandbox.\n',
  0o755,
);
