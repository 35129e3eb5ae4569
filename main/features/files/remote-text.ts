/** Names on the far side are bytes: text where they are UTF-8, and what is not survives the way to the page and back. */

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Lone low surrogates U+DC80 to U+DCFF stand for bytes 0x80 to 0xFF that are no UTF-8, as in Python's `surrogateescape`. */
const escapeBase = 0xdc00;

export function textOf(bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes);
  } catch {
    return escaped(bytes);
  }
}

function escaped(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; ) {
    const length = sequenceLength(bytes, at);
    if (length > 0) text += decoder.decode(bytes.subarray(at, at + length));
    else text += String.fromCharCode(escapeBase + (bytes[at] ?? 0));
    at += length || 1;
  }
  return text;
}

/** The length of the UTF-8 character that starts here; 0 when none does. */
function sequenceLength(bytes: Uint8Array, at: number): number {
  for (let length = 1; length <= 4 && at + length <= bytes.length; length += 1) {
    try {
      decoder.decode(bytes.subarray(at, at + length));
      return length;
    } catch {
      // A longer one may be whole.
    }
  }
  return 0;
}

/** Whether some of it is bytes that are no text. */
const hasStrayBytes = (text: string): boolean => /\p{Surrogate}/u.test(text);

export function bytesOf(text: string): Buffer {
  if (!hasStrayBytes(text)) return Buffer.from(text, 'utf8');
  const pieces = [...text].map((character) => {
    const byte = character.charCodeAt(0) - escapeBase;
    return character.length === 1 && byte >= 0x80 && byte <= 0xff
      ? Buffer.of(byte)
      : Buffer.from(character, 'utf8');
  });
  return Buffer.concat(pieces);
}
