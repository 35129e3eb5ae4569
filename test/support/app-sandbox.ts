/** The levers of the sandbox cloud that the application started by itself: its clock, its faults, its own words. */
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'libsql';
import { descendantsOf } from './process-tree.ts';
import { createSandboxApi, type SandboxApi } from './sandbox-api.ts';
import type { WebApp } from './web-app.ts';

/** Call it once the page shows the sandbox's fleet. @throws when the application runs no sandbox */
export async function sandboxOf(app: Pick<WebApp, 'pid' | 'dataDir'>): Promise<SandboxApi> {
  const ports = descendantsOf(app.pid).filter(isSandbox).flatMap(listeningPorts);
  const urls = await Promise.all(ports.map((port) => sandboxUrl(port)));
  const url = urls.find((found) => found !== undefined);
  if (url === undefined) throw new Error(`no sandbox answers on the ports ${ports.join(', ')}`);
  return createSandboxApi(url, readToken(app.dataDir));
}

function isSandbox(pid: number): boolean {
  try {
    return (
      readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')[1]?.endsWith('sandbox.js') ?? false
    );
  } catch {
    return false; // ended while we looked
  }
}

/** Its guests listen as well. */
function listeningPorts(pid: number): readonly number[] {
  const sockets = new Set(
    readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
      try {
        return /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${fd}`))?.[1] ?? [];
      } catch {
        return []; // closed while we looked
      }
    }),
  );
  const isListening = '0A';
  return readFileSync(`/proc/${pid}/net/tcp`, 'utf8')
    .split('\n')
    .slice(1)
    .map((line) => line.trim().split(/\s+/))
    .filter(([, , , state, , , , , , socket = '']) => state === isListening && sockets.has(socket))
    .map(([, address = '']) => Number.parseInt(address.slice(address.indexOf(':') + 1), 16));
}

async function sandboxUrl(port: number): Promise<string | undefined> {
  const url = `http://127.0.0.1:${port}`;
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(3000) });
    return (await answer.text()).startsWith('Pilothouse sandbox') ? url : undefined;
  } catch {
    return undefined; // a guest's SSH
  }
}

function readToken(dataDir: string): string {
  const database = new Database(join(dataDir, 'sandbox/sandbox.db'), { readonly: true });
  try {
    const row = database.prepare("SELECT value FROM facts WHERE name = 'token'").get();
    return JSON.parse((row as { readonly value: string }).value);
  } finally {
    database.close();
  }
}
