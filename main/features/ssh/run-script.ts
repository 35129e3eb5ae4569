/** Runs a POSIX script of our own on an instance, bounded in time and output. */
import type ssh2 from 'ssh2';
import { CloudError, refusal } from '../../../preload/contract/errors.ts';
import { plainWords } from '../../core/plain-words.ts';

export interface ScriptOptions {
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

/** Output beyond this is cut off: an instance's answers are hostile. */
const maxOutputBytes = 1024 * 1024;

/**
 * The script goes in on standard input, so that no login shell has to quote it.
 * @returns standard output
 * @throws CloudError timeout, cancelled, quota `ssh-channel-refused`, unsupported when there is no `sh`
 */
export function runScript(
  client: ssh2.Client,
  script: string,
  { timeoutMs, signal }: ScriptOptions,
): Promise<string> {
  return new Promise((resolve, reject) => {
    let close = () => {};
    let isOver = false;
    const finish = (outcome: () => void) => {
      isOver = true;
      clearTimeout(timer);
      signal.removeEventListener('abort', cancel);
      close();
      outcome();
    };
    const cancel = () => finish(() => reject(new CloudError('cancelled', 'cancelled')));
    const timer = setTimeout(
      () => finish(() => reject(refusal('timeout', 'ssh-script-timeout'))),
      timeoutMs,
    );
    signal.addEventListener('abort', cancel);

    const take = (error: Error | undefined, channel: ssh2.ClientChannel) => {
      if (error) {
        const detail = plainWords(error.message, 200);
        finish(() => reject(refusal('quota', 'ssh-channel-refused', { detail })));
        return;
      }
      close = () => channel.close();
      // Opened only after nobody waited any more: left open it would count against the server's MaxSessions.
      if (isOver) {
        channel.on('error', () => {});
        close();
        return;
      }
      const chunks: Buffer[] = [];
      let length = 0;
      let status: number | null = null;
      channel.on('error', () => {});
      channel.stderr.resume();
      channel.on('data', (bytes: Buffer) => {
        length += bytes.length;
        if (length <= maxOutputBytes) chunks.push(bytes);
        else channel.close();
      });
      channel.on('exit', (code: number | null) => {
        status = code;
      });
      channel.on('close', () => {
        const text = Buffer.concat(chunks).toString('utf8');
        const noShell = status === 127 || status === null;
        if (noShell && text === '') finish(() => reject(refusal('unsupported', 'ssh-no-shell')));
        else finish(() => resolve(text));
      });
      channel.end(script);
    };
    try {
      client.exec('sh', take);
    } catch {
      finish(() => reject(refusal('network', 'ssh-connection-closed')));
    }
  });
}
