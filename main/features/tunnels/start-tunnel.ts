/** Starting a tunnel: consent to what it exposes, a port here, then the connection; once, however often it is asked for. */
import { refusal } from '../../../preload/contract/errors.ts';
import type { TunnelOutcome } from '../../../preload/contract/tunnels.ts';
import type { Prompts } from '../ssh/prompts.ts';
import type { Standing } from '../standings.ts';
import { asCloudError } from './as-cloud-error.ts';
import { exposureOf, localBindAddresses } from './bind-address.ts';
import { findFreePort, type Listener, listen } from './listener.ts';
import type { Tunnel } from './tunnel.ts';

export interface StarterParts {
  readonly prompts: Pick<Prompts, 'ask'>;
  standingOf(instance: string): Standing;
  /** Ports that other tunnels have, started or not. */
  portsBeside(tunnel: Tunnel): ReadonlySet<number>;
}

type Prepare = () => Promise<TunnelOutcome | undefined>;

export interface Starter {
  /**
   * @param prepare what is to be done first; its outcome, if it has one, is the whole outcome
   * @throws CloudError invalid `tunnel-bind-not-here`, cancelled `tunnel-not-exposed`, unauthenticated when nobody
   *   answers, not-found when its instance never runs again
   */
  start(tunnel: Tunnel, prepare?: Prepare): Promise<TunnelOutcome>;
  /** Nobody waits for the outcome: what cannot be had stands on the tunnel. Never throws. @param interactive whether a person is there to be asked */
  startAlone(tunnel: Tunnel, interactive: boolean): Promise<void>;
  /** Takes back a question that is open for it. */
  stop(tunnel: Tunnel): Promise<void>;
  isStarting(tunnel: Tunnel): boolean;
}

export function createStarter({ prompts, standingOf, portsBeside }: StarterParts): Starter {
  const starting = new Map<
    Tunnel,
    { readonly outcome: Promise<TunnelOutcome>; readonly abort: AbortController }
  >();

  function begin(tunnel: Tunnel, interactive: boolean, prepare?: Prepare): Promise<TunnelOutcome> {
    const present = starting.get(tunnel);
    if (present) return present.outcome;
    const abort = new AbortController();
    const outcome = run(tunnel, interactive, abort.signal, prepare).finally(() =>
      starting.delete(tunnel),
    );
    starting.set(tunnel, { outcome, abort });
    return outcome;
  }

  async function run(
    tunnel: Tunnel,
    interactive: boolean,
    signal: AbortSignal,
    prepare?: Prepare,
  ): Promise<TunnelOutcome> {
    const settled = await prepare?.();
    if (settled) return settled;
    await askToExpose(tunnel, signal);
    const { bindAddress, localPort, instance } = tunnel.target;
    let listener: Listener | undefined;
    if (tunnel.listensHere) {
      const addresses = localBindAddresses(bindAddress);
      const outcome = await listen(addresses, localPort, (socket) => tunnel.accept(socket));
      if (outcome.kind === 'unavailable') {
        const { reason } = outcome;
        const offered = await findFreePort(addresses, localPort, portsBeside(tunnel));
        return { kind: 'port-unavailable', reason, wanted: localPort, offered };
      }
      listener = outcome.listener;
    }
    const standing = standingOf(instance);
    if (standing.kind === 'over') {
      await listener?.close();
      throw standing.failure;
    }
    tunnel.start(listener, standing, interactive);
    return { kind: 'opened', tunnel: tunnel.view };
  }

  /** At every start, because who is near may have changed since. */
  async function askToExpose(tunnel: Tunnel, signal: AbortSignal): Promise<void> {
    const { owner } = tunnel;
    const question = exposureOf(tunnel.target, owner.name);
    if (!question) return;
    const { bindAddress, port } = question;
    tunnel.line.rest(
      'needs-user',
      refusal('unauthenticated', 'tunnel-exposes', { address: bindAddress, port }),
    );
    const answer = await prompts.ask(owner, question, signal);
    if (answer.kind === 'allow') {
      tunnel.line.end();
      return;
    }
    const refused = refusal('cancelled', 'tunnel-not-exposed', { address: bindAddress, port });
    tunnel.line.rest('stopped', refused);
    throw refused;
  }

  return {
    start: (tunnel, prepare) => begin(tunnel, true, prepare),
    async startAlone(tunnel, interactive) {
      try {
        const outcome = await begin(tunnel, interactive);
        if (outcome.kind === 'opened') return;
        const { reason, wanted, offered } = outcome;
        const rule = `tunnel-port-${reason}`;
        tunnel.line.rest('failed', refusal('conflict', rule, { port: wanted, offered }));
      } catch (error) {
        const failure = asCloudError(error);
        // Its question was taken back, or answered with no: it rests as that left it.
        if (failure.code === 'cancelled' || failure.code === 'unauthenticated') return;
        tunnel.line.rest('failed', failure);
      }
    },
    async stop(tunnel) {
      // Never while it is being started: a listener that came later would be nobody's.
      for (let present = starting.get(tunnel); present; present = starting.get(tunnel)) {
        present.abort.abort();
        await present.outcome.catch(() => {});
      }
      await tunnel.stop();
    },
    isStarting: (tunnel) => starting.has(tunnel),
  };
}
