/** What the shell around the page asks of the core, by the contract's own names. */
import type { ArgsOf, CallName, ResultOf } from '../../../preload/contract/index.ts';
import type { Core } from '../../core/create-core.ts';

const patienceMs = 5000;

/** @throws CloudError */
export async function askCore<Name extends CallName>(
  core: Pick<Core, 'router'>,
  name: Name,
  args: ArgsOf<Name>,
): Promise<ResultOf<Name>> {
  const noStream = () => {
    throw new Error(`${name} opens no stream`);
  };
  const signal = AbortSignal.timeout(patienceMs);
  return (await core.router.ask(name, args, signal, noStream)) as ResultOf<Name>;
}

export async function readTunnelPorts(core: Pick<Core, 'router'>): Promise<readonly number[]> {
  const { items } = await askCore(core, 'tunnels.list', {});
  return items.filter(({ state }) => state !== 'stopped').map(({ localPort }) => localPort);
}

/** What would end with the application. */
export interface LiveWork {
  readonly tunnels: number;
  readonly terminals: number;
}

export async function readLiveWork(core: Pick<Core, 'router'>): Promise<LiveWork> {
  const tunnels = await askCore(core, 'tunnels.list', {});
  const terminals = await askCore(core, 'terminals.list', {});
  return {
    tunnels: tunnels.items.filter(({ state }) => state !== 'stopped' && state !== 'failed').length,
    terminals: terminals.items.filter(({ state }) => state === 'open' || state === 'connecting')
      .length,
  };
}
