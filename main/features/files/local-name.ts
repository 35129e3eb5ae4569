/** A server's name as a name on this machine: it can lead nowhere, and every system takes it. */

/** Windows: devices, whatever ending they have. */
const devices = /^(con|prn|aux|nul|conin\$|conout\$|com[\d¹²³]|lpt[\d¹²³]) *(\..*)?$/i;
const windowsForbids = /[<>:"|?*\\\p{Cc}]/gu;

export function localName(name: string, system: NodeJS.Platform): string {
  // Bytes that are no text have no name here; a separator never gets this far, and would not get through.
  const plain = name.replace(/\p{Surrogate}/gu, '\ufffd').replace(/[/\0]/g, '_');
  const safe = system === 'win32' ? forWindows(plain) : plain;
  return safe === '' || safe === '.' || safe === '..' ? '_' : safe;
}

/** The same for two names that some file system takes for one: capitals, and accents written in two ways. */
export const sameNameKey = (name: string): string => name.toUpperCase().normalize();

function forWindows(name: string): string {
  // It drops spaces and dots at the end without a word.
  const kept = name.replace(windowsForbids, '_').replace(/[. ]+$/, (end) => '_'.repeat(end.length));
  return devices.test(kept) ? `_${kept}` : kept;
}
