/** What a guest starts with: the processes of every Linux, and the traces of its notebook service. */
import type { Files } from './files/files.ts';
import type { Machine } from './machine.ts';

export interface BootOptions {
  readonly gpus: readonly { readonly memoryMb: number }[];
  readonly workload?: { readonly command: string; readonly load: number };
}

const notebookPid = 412;

/** @returns the process of the notebook service */
export function bootProcesses(machine: Machine, { gpus, workload }: BootOptions): number {
  const [gpu] = gpus;
  machine.boot([
    { pid: 1, parent: 0, command: '/sbin/init', demand: { memoryMb: 12 } },
    { pid: 148, command: '/lib/systemd/systemd-journald', demand: { memoryMb: 18 } },
    { pid: 287, command: '/usr/sbin/cron -f', demand: { memoryMb: 3 } },
    { pid: 301, command: 'sshd: /usr/sbin/sshd -D', demand: { memoryMb: 8 } },
    ...(gpu
      ? [{ pid: 333, command: '/usr/bin/nvidia-persistenced', demand: { memoryMb: 2 } }]
      : []),
    {
      pid: notebookPid,
      command: '/usr/bin/jupyter-lab --ip=0.0.0.0 --port=8888 --allow-root',
      demand: { memoryMb: 96 },
    },
  ]);
  if (workload) {
    const { command, load } = workload;
    const running = machine.start({
      command,
      demand: {
        cpu: 0.4 + load,
        memoryMb: 4200,
        ...(gpu && { gpuLoad: load, gpuMemoryMb: Math.round(gpu.memoryMb * (0.3 + load / 2)) }),
      },
      onSignal: () => running.end(),
    });
  }
  return notebookPid;
}

/** As Jupyter leaves it, so that tools find the service and its token. */
export function writeNotebookFile(
  files: Files,
  { pid, port, token }: { readonly pid: number; readonly port: number; readonly token: string },
): void {
  const directory = '/root/.local/share/jupyter/runtime';
  files.mkdir(directory, true);
  const server = {
    base_url: '/',
    hostname: '0.0.0.0',
    password: false,
    pid,
    port,
    root_dir: '/root',
    secure: false,
    sock: '',
    token,
    url: `http://127.0.0.1:${port}/`,
    version: '2.14.0 (sandbox)',
  };
  const path = `${directory}/jpserver-${pid}.json`;
  files.write(path, new TextEncoder().encode(`${JSON.stringify(server, undefined, 2)}\n`));
  files.chmod(path, 0o600);
}
