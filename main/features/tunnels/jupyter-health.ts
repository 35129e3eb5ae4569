/** Whether the Jupyter server behind a tunnel answers, asked again and again while the tunnel is up. */
import { z } from 'zod';
import type { JupyterHealth } from '../../../preload/contract/tunnels.ts';
import { type Clock, isoNow } from '../../core/clock.ts';
import { pause } from '../../core/pause.ts';
import { get, type Through } from './get-through.ts';

const askEveryMs = 15_000;

/** What `GET <base>api` says to anyone, without a token; hostile text. */
const apiSchema = z.object({ version: z.string().max(40) });

/** Where a server answers, and whether over TLS only. */
export interface JupyterPlace {
  readonly basePath: string;
  readonly secure: boolean;
}

/** @param tell called when the health is another; ends when the signal aborts */
export async function watchJupyter(
  tunnel: Through,
  { basePath, secure }: JupyterPlace,
  clock: Clock,
  tell: (health: JupyterHealth) => void,
  signal: AbortSignal,
): Promise<void> {
  let last: JupyterHealth | undefined;
  while (!signal.aborted) {
    const version = await askVersion(tunnel, basePath, secure);
    if (signal.aborted) return;
    const state = version === undefined ? 'failing' : 'answers';
    if (last?.state !== state || last.version !== version) {
      const since = last?.state === state ? last.since : isoNow(clock);
      last = { state, since, ...(version !== undefined && { version }) };
      tell(last);
    }
    await pause(askEveryMs, signal);
  }
}

async function askVersion(
  tunnel: Through,
  basePath: string,
  secure: boolean,
): Promise<string | undefined> {
  try {
    const { status, body } = await get(tunnel, `${basePath}api`, { host: '127.0.0.1' }, secure);
    return status === 200 ? apiSchema.parse(JSON.parse(body)).version : undefined;
  } catch {
    return undefined;
  }
}
