/** The three kinds of tunnels, each with its way to carry. */

import type { Texts } from '../../core/texts.ts';
import { createDynamicWay } from './dynamic-way.ts';
import type { ForwardedPorts } from './forwarded-ports.ts';
import { createLocalWay } from './local-way.ts';
import { createRemoteWay } from './remote-way.ts';
import type { SignIn } from './sign-in.ts';
import type { TunnelParts } from './tunnel.ts';

export function createWays(
  signIn: SignIn,
  forwardedPorts: ForwardedPorts,
  texts: () => Texts,
): TunnelParts['wayOf'] {
  return (tunnel, link) => {
    switch (link.target.kind) {
      case 'local':
        return createLocalWay(
          link,
          (chunk, socket) => signIn.intercept(chunk, socket, tunnel),
          texts,
        );
      case 'dynamic':
        return createDynamicWay(link, texts);
      case 'remote':
        return createRemoteWay(link, forwardedPorts);
    }
  };
}
