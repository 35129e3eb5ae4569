/** The one address our page has, and the only test of whether an address is ours: parsed, never compared by prefix. */

export const pageScheme = 'app';
const pageHost = 'pilothouse';

export const pageUrl = `${pageScheme}://${pageHost}/index.html`;

export function isOwnAddress(address: string): boolean {
  if (!URL.canParse(address)) return false;
  // Node calls the origin of a scheme it does not know `null`, so that the parts are compared.
  const { protocol, host, username, password } = new URL(address);
  return protocol === `${pageScheme}:` && host === pageHost && username === '' && password === '';
}
