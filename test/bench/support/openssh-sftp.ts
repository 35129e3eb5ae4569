/** OpenSSH's `sftp` as the peer: one batch of commands, its time and its processor time. */
import { spawn } from 'node:child_process';

export interface Cost {
  readonly seconds: number;
  /** User and system together, of everything it started. */
  readonly cpuSeconds: number;
}

/** @param sftpArguments its options, the host last */
export async function runSftp(sftpArguments: readonly string[], batch: string): Promise<Cost> {
  const command = ['sftp', '-q', '-b', '-', ...sftpArguments];
  const startedAt = performance.now();
  const shell = spawn('bash', ['-c', 'TIMEFORMAT="cpu %U %S"; time "$@"', 'bash', ...command], {
    stdio: ['pipe', 'ignore', 'pipe'],
  });
  let complaints = '';
  shell.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaints += text;
  });
  shell.stdin.end(batch);
  const status = await new Promise<number | null>((resolve) => shell.on('close', resolve));
  const [, userSeconds, systemSeconds] = /cpu ([\d.]+) ([\d.]+)/.exec(complaints) ?? [];
  if (status !== 0 || userSeconds === undefined) throw new Error(`sftp failed: ${complaints}`);
  return {
    seconds: (performance.now() - startedAt) / 1000,
    cpuSeconds: Number(userSeconds) + Number(systemSeconds),
  };
}
