/** A jump host as a person types it, and how it reads. */
import type { Jump } from '../../preload/contract/ssh.ts';
import { jumpPlacesText, readJumpPlaces } from '../instances/servers/jump-places.ts';

/** `user@host`, `user@host:port`, the brackets of an IPv6 address included; undefined when it is none. */
export function readJump(text: string): Extract<Jump, { readonly kind: 'address' }> | undefined {
  const [place, ...others] = readJumpPlaces(text) ?? [];
  if (!place || others.length > 0) return undefined;
  const { user, host, port } = place;
  return user === undefined ? undefined : { kind: 'address', host, port, user };
}

/** @param nameOf an instance's name by its key; undefined when it is gone */
export function jumpText(jump: Jump, nameOf: (key: string) => string | undefined): string {
  return jump.kind === 'instance'
    ? (nameOf(jump.instance) ?? jump.instance)
    : jumpPlacesText([jump]);
}
