/** What a cloud or a configuration says of the way into an instance, held against what may stand there at all. */
import { refusal } from '../../preload/contract/errors.ts';
import type { SshAccess } from './cloud.ts';
import { hostSchema, portSchema, userSchema } from './ssh-address.ts';

/** As it stands in a known_hosts file: no pattern, no list and no marker, or it would speak of other hosts too. */
export const plainKeyName = /^[\w.:[][\w.:@[\]%+-]{0,299}$/;

/** @throws CloudError invalid, naming what could be taken for an option, a command or a pattern */
export function checkAccess(
  access: Pick<SshAccess, 'host' | 'port' | 'user' | 'hostKeyName' | 'jumps'>,
): void {
  const { host, port, user, hostKeyName, jumps = [] } = access;
  const refuse = (id: string, field: string | number) =>
    refusal('invalid', id, { field: String(field).slice(0, 100) });
  if (!hostSchema.safeParse(host).success) throw refuse('host-invalid', host);
  if (!portSchema.safeParse(port).success) {
    throw refusal('invalid', 'port-out-of-range', { port: String(port) });
  }
  if (!userSchema.safeParse(user).success) throw refuse('user-invalid', user);
  if (!plainKeyName.test(hostKeyName)) throw refuse('host-key-name-invalid', hostKeyName);
  for (const jump of jumps) checkAccess(jump);
}
