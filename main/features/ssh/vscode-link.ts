/** Links that open an instance in VS Code by its Remote-SSH extension: how they are made, and the only form that is let through. */
import { configAliasSchema, hostSchema, portSchema, userSchema } from '../../clouds/ssh-address.ts';

/** Words of VS Code's own; `hostName` may be a name of OpenSSH's configuration. */
export interface VscodePlace {
  readonly hostName: string;
  readonly user?: string;
  readonly port?: number;
}

const opening = 'vscode://vscode-remote/ssh-remote+';
/** Anything else VS Code would lower, cut at a colon, or take for the encoded form. */
const plainName = /^(?!([0-9a-f]{2})+$)[a-z0-9][a-z0-9._-]{0,99}$/;

export const vscodeLink = (place: VscodePlace): string => {
  const { hostName, user, port } = place;
  const isPlain = user === undefined && port === undefined && plainName.test(hostName);
  return `${opening}${isPlain ? hostName : Buffer.from(JSON.stringify(place)).toString('hex')}/`;
};

/** The root of one host and nothing more: no other file, extension or command of VS Code. */
export function isVscodeLink(address: string): boolean {
  if (!address.startsWith(opening) || !address.endsWith('/')) return false;
  const authority = address.slice(opening.length, -1);
  if (plainName.test(authority)) return true;
  if (!/^([0-9a-f]{2}){1,600}$/.test(authority)) return false;
  const place = readPlace(Buffer.from(authority, 'hex').toString('utf8'));
  // Made again it must be the same, so that nothing is hidden in how it is written.
  return place !== undefined && vscodeLink(place) === address;
}

/** Nothing in it can be an option of `ssh`. */
function readPlace(text: string): VscodePlace | undefined {
  try {
    const place: unknown = JSON.parse(text);
    if (typeof place !== 'object' || place === null || !('hostName' in place)) return undefined;
    const { hostName, user, port, ...others } = place as Record<string, unknown>;
    // A name of the operator's own configuration may be in any script.
    const host = hostSchema.or(configAliasSchema).safeParse(hostName);
    const login = userSchema.optional().safeParse(user);
    const door = portSchema.optional().safeParse(port);
    if (!host.success || !login.success || !door.success) return undefined;
    if (Object.keys(others).length > 0) return undefined;
    return {
      hostName: host.data,
      ...(login.data !== undefined && { user: login.data }),
      ...(door.data !== undefined && { port: door.data }),
    };
  } catch {
    return undefined;
  }
}
