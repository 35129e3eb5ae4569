/** Electron's utilityProcess on plain Node: a real child process with the same few methods. */
import { type ChildProcess, fork } from 'node:child_process';

export function forkAsNode(
  modulePath: string,
  args: readonly string[],
  options: { readonly stdio?: string; readonly serviceName?: string },
): ChildProcess {
  if (options.stdio !== 'pipe') throw new Error('the product reads what its children print');
  return fork(modulePath, [...args], { silent: true });
}
