/** The last net: a bug in one connection must not take every tunnel and terminal down with the process. */
import type { Log } from './log.ts';

/** Logs what nobody caught, and goes on. */
export function guardProcess(log: Log): void {
  process.on('uncaughtException', (error) => log.error('nobody caught an error', { error }));
  process.on('unhandledRejection', (error) => log.error('nobody caught a rejection', { error }));
}
