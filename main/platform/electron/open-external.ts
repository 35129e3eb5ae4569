/** The one door to other programs, and who may pass: https, the local end of a tunnel of ours, VS Code at an instance. */
import { disguises } from '../../../preload/contract/constants.ts';
import { refusal } from '../../../preload/contract/errors.ts';
import { isVscodeLink } from '../../features/ssh/vscode-link.ts';
import type { Electron } from './electron.ts';

const longestAddress = 2048;

/** URL would drop some of these without a word, and then open another address than the one that was read. */
const invisible = new RegExp(`[\\s${disguises}]`, 'u');

/** @returns the address in the form it is opened, or undefined when it may not be */
export function allowedExternalAddress(
  address: string,
  isTunnelPort: (port: number) => boolean,
): string | undefined {
  if (address.length > longestAddress || invisible.test(address)) return undefined;
  if (isVscodeLink(address)) return address;
  if (!URL.canParse(address)) return undefined;
  const url = new URL(address);
  if (url.username !== '' || url.password !== '') return undefined;
  if (url.protocol === 'https:') return url.href;
  const leadsToTunnel = url.hostname === '127.0.0.1' && isTunnelPort(Number(url.port));
  return url.protocol === 'http:' && leadsToTunnel ? url.href : undefined;
}

/** The function returned throws CloudError forbidden `address-not-allowed`. */
export function createOpenExternal(
  shell: Electron['shell'],
  isTunnelPort: (port: number) => boolean,
): (address: string) => Promise<void> {
  return async (address) => {
    const allowed = allowedExternalAddress(address, isTunnelPort);
    if (allowed === undefined) throw refusal('forbidden', 'address-not-allowed');
    await shell.openExternal(allowed);
  };
}
