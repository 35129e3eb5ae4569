/** What a program asks of the clipboard by OSC 52: a write is judged, a read never answered. */

export type ClipboardRequest =
  | { readonly kind: 'write'; readonly text: string }
  | { readonly kind: 'too-large' }
  /** A read, an emptying, or nothing that can be understood. */
  | { readonly kind: 'ignored' };

const mostBytes = 100_000;
const base64PerByte = 4 / 3;

/** @param data what follows `OSC 52 ;`: the clipboards meant, a semicolon, and base64 or `?` */
export function readClipboardRequest(data: string): ClipboardRequest {
  const encoded = data.slice(data.indexOf(';') + 1);
  if (!data.includes(';') || encoded === '' || encoded === '?') return { kind: 'ignored' };
  if (encoded.length > Math.ceil(mostBytes * base64PerByte) + 4) return { kind: 'too-large' };
  try {
    const bytes = Uint8Array.from(atob(encoded), (character) => character.charCodeAt(0));
    if (bytes.length > mostBytes) return { kind: 'too-large' };
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return text === '' ? { kind: 'ignored' } : { kind: 'write', text };
  } catch {
    return { kind: 'ignored' };
  }
}
