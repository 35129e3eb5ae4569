/** Whether a terminal's output goes to a file: switched on and off by the operator, ended by a disk that takes no more. */
import type { CloudError, TextRef } from '../../../preload/contract/errors.ts';
import type { Terminal } from '../../../preload/contract/terminals.ts';
import { openSessionLog, type SessionLog } from './session-log.ts';

export interface Recording {
  readonly log: Terminal['log'];
  /** The disk has yet to take what it was given. */
  readonly isBehind: boolean;
  /** Does nothing while it runs. @throws CloudError when the file cannot be made */
  start(title: string): void;
  write(output: Uint8Array): void;
  stop(): Promise<void>;
}

interface RecordingParts {
  readonly id: string;
  readonly logDirectory: string;
  readonly now: () => number;
}

interface RecordingEvents {
  changed(): void;
  pauseSource(): void;
  stopped(note: TextRef): void;
}

/** How often the page is told how much there is. */
const tellEveryMs = 1000;

export function createRecording(
  { id, logDirectory, now }: RecordingParts,
  events: RecordingEvents,
): Recording {
  let log: SessionLog | undefined;
  let isBehind = false;
  let timer: NodeJS.Timeout | undefined;
  const forget = () => {
    clearInterval(timer);
    const ended = log;
    log = undefined;
    return ended;
  };

  return {
    get log() {
      return log && { path: log.path, bytes: log.bytes };
    },
    get isBehind() {
      return isBehind;
    },
    start(title) {
      if (log) return;
      log = openSessionLog({
        directory: logDirectory,
        title,
        terminalId: id,
        now: now(),
        pauseSource(paused) {
          isBehind = paused;
          events.pauseSource();
        },
        failed(error) {
          const path = forget()?.path ?? '';
          const { rule } = error as Partial<CloudError>;
          const full = rule?.id === 'disk-full';
          events.stopped({ id: full ? 'log-disk-full' : 'log-stopped', params: { path } });
        },
      });
      timer = setInterval(events.changed, tellEveryMs).unref();
    },
    write: (output) => log?.write(output),
    stop: async () => forget()?.end(),
  };
}
