/** Making a tunnel: on the port that was asked for or the next best, kept once it is started. */
import { CloudError } from '../../../preload/contract/errors.ts';
import type { TunnelOutcome } from '../../../preload/contract/tunnels.ts';
import type { SavedTunnel } from '../../core/settings.ts';
import { answersBrowsers, checkBindAddress, localBindAddresses } from './bind-address.ts';
import { findFreePort } from './listener.ts';
import { type AskedTunnel, newTunnel } from './new-tunnel.ts';
import type { Starter } from './start-tunnel.ts';
import type { Tunnel } from './tunnel.ts';
import type { TunnelBook } from './tunnel-book.ts';

/** Programs that come in between again and again are none that mean well. */
const mostChoices = 5;

/** A new tunnel, kept for the next time. @throws CloudError as `Starter.start`, or invalid; nothing is kept then */
export async function openTunnel(
  book: TunnelBook,
  starter: Starter,
  asked: AskedTunnel,
): Promise<TunnelOutcome> {
  const wanted = newTunnel(asked);
  checkBindAddress(wanted);
  const tunnel = book.add(wanted);
  const forget = async () => {
    book.drop(tunnel);
    await starter.stop(tunnel);
    // It may have been written down together with another meanwhile.
    book.save();
  };
  try {
    const isNamed = asked.localPort !== undefined;
    const start = () => starter.start(tunnel, () => choosePort(book, tunnel, isNamed));
    let outcome = await start();
    // Taken by another program just after it was chosen: nobody named it, so the next will do.
    for (let again = 0; outcome.kind !== 'opened' && !isNamed && again < mostChoices; again += 1) {
      outcome = await start();
    }
    if (outcome.kind === 'opened') book.save();
    else await forget();
    return outcome;
  } catch (error) {
    await forget();
    throw error;
  }
}

/** Gives a tunnel the best port that can be had. @param asked whether a person named its port; then another is only offered */
async function choosePort(
  book: TunnelBook,
  tunnel: Tunnel,
  asked: boolean,
): Promise<TunnelOutcome | undefined> {
  const { bindAddress, localPort } = tunnel.target;
  const itself = leadsToItself(tunnel);
  if (!tunnel.listensHere || (asked && !itself)) return undefined;
  const avoid = book.portsBeside(tunnel);
  if (itself) avoid.add(localPort);
  const port = await findFreePort(localBindAddresses(bindAddress), localPort, avoid);
  if (asked) {
    return { kind: 'port-unavailable', reason: 'in-use', wanted: localPort, offered: port };
  }
  tunnel.change({ localPort: port });
  return undefined;
}

/** An instance that is this very machine: a tunnel from a port to the same port would lead to itself. */
const leadsToItself = ({ target, owner }: Tunnel): boolean =>
  target.kind === 'local' &&
  target.localPort === target.remotePort &&
  /^(localhost|127\.[\d.]+|\[?::1\]?):\d+$/.test(owner.address);

/** What a pasted command calls `localhost` is the same place. */
const plainHost = (host: string) => (host === 'localhost' ? '127.0.0.1' : host);

/** The tunnel to that place there is, started; or a new one. @throws CloudError as `Starter.start` */
export async function tunnelTo(
  book: TunnelBook,
  starter: Starter,
  instance: string,
  remoteHost: string,
  remotePort: number,
): Promise<Tunnel> {
  const leadsThere = ({ kind, bindAddress, ...target }: SavedTunnel) =>
    kind === 'local' &&
    answersBrowsers(bindAddress) &&
    plainHost(target.remoteHost) === plainHost(remoteHost) &&
    target.remotePort === remotePort;
  const present = book.of(instance).find(({ target }) => leadsThere(target));
  if (present?.isStarted) {
    const { state } = present.view;
    if (state === 'needs-user' || state === 'failed') present.dialAgain();
    return present;
  }
  if (present) {
    const outcome = await starter.start(present);
    if (outcome.kind === 'opened') return present;
    present.change({ localPort: outcome.offered });
    book.save();
    if ((await starter.start(present)).kind === 'opened') return present;
    throw noPort();
  }
  const outcome = await openTunnel(book, starter, {
    instance,
    kind: 'local',
    name: '',
    remoteHost,
    remotePort,
    localHost: '127.0.0.1',
    bindAddress: 'loopback',
    startsWithApp: false,
  });
  if (outcome.kind !== 'opened') throw noPort();
  return book.find(outcome.tunnel.id);
}

const noPort = () => new CloudError('conflict', 'no local port could be had');
