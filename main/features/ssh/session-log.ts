/** A terminal's output in a file, byte by byte as it came; the operator asked for it, and nobody else may read it. */
import { chmodSync, createWriteStream, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import type { CloudError } from '../../../preload/contract/errors.ts';
import { asDiskError } from '../../core/files.ts';

export interface SessionLog {
  readonly path: string;
  /** Bytes handed over so far. */
  readonly bytes: number;
  write(output: Uint8Array): void;
  /** Resolves when what was handed over is in the file. */
  end(): Promise<void>;
}

export interface SessionLogRequest {
  readonly directory: string;
  readonly title: string;
  readonly terminalId: string;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** The disk is behind: the source is to wait. */
  pauseSource(paused: boolean): void;
  /** The disk took no more; what came until then is in the file. */
  failed(error: unknown): void;
}

/** With this much not yet in the file the source is paused. */
const highWaterBytes = 1024 * 1024;
const longestName = 40;

/** `20261120T121806Z-box-1a2b3c4d.log`: sorts by time, and is a name on every system. */
export function sessionLogName(title: string, terminalId: string, now: number): string {
  const moment = new Date(now).toISOString().replace(/[-:]|\.\d+/g, '');
  const plain = title.normalize('NFC').replace(/[^\p{L}\p{N}._-]+/gu, '-');
  const name = [...plain].slice(0, longestName).join('');
  return `${moment}-${name}-${terminalId.slice(0, 8)}.log`;
}

/** @throws CloudError quota `disk-full`, forbidden `not-writable` */
export function openSessionLog(request: SessionLogRequest): SessionLog {
  const { directory, title, terminalId, now, pauseSource, failed } = request;
  const path = join(directory, sessionLogName(title, terminalId, now));
  let handle: number;
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    chmodSync(directory, 0o700);
    handle = openSync(path, 'a', 0o600);
  } catch (error) {
    throw asDiskError(error, path) as CloudError;
  }
  const file = createWriteStream('', { fd: handle, highWaterMark: highWaterBytes });
  let bytes = 0;
  let broken = false;
  file.on('drain', () => pauseSource(false));
  file.on('error', (error) => {
    broken = true;
    pauseSource(false);
    failed(asDiskError(error, path));
  });
  return {
    path,
    get bytes() {
      return bytes;
    },
    write(output) {
      if (broken || file.writableEnded) return;
      bytes += output.length;
      // The stream keeps what it is given until it is written, and the bytes belong to somebody else.
      if (!file.write(Buffer.from(output))) pauseSource(true);
    },
    end: () =>
      new Promise((resolve) => {
        if (broken) resolve();
        else file.end(() => resolve());
        pauseSource(false);
      }),
  };
}
