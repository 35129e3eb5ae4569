/** A host key made comparable: OpenSSH's SHA256 fingerprint and its picture. */
import { createHash } from 'node:crypto';
import type { HostKeyInfo } from '../../../preload/contract/instances.ts';

/** The strings a key blob consists of (RFC 4253, section 6.6). @returns none when it is cut off or goes on */
function keyParts(blob: Buffer): readonly Buffer[] {
  const parts: Buffer[] = [];
  let at = 0;
  while (at + 4 <= blob.length) {
    const end = at + 4 + blob.readUInt32BE(at);
    parts.push(blob.subarray(at + 4, end));
    at = end;
  }
  return at === blob.length && parts.every(({ length }) => length > 0) ? parts : [];
}

/** The type a key blob names itself, such as `ssh-ed25519`. @throws when it is no key, or not a whole one */
export function keyType(blob: Buffer): string {
  const [type, ...key] = keyParts(blob);
  const name = type?.toString('latin1') ?? '';
  if (key.length === 0 || name.length > 64 || !/^[\w@.-]+$/.test(name)) {
    throw new Error('not a key blob');
  }
  return name;
}

export function fingerprint(blob: Buffer): string {
  const digest = createHash('sha256').update(blob).digest('base64').replace(/=+$/, '');
  return `SHA256:${digest}`;
}

export const describeKey = (blob: Buffer): HostKeyInfo => ({
  type: keyType(blob),
  fingerprint: fingerprint(blob),
});

const width = 17;
const height = 9;
const symbols = ' .o+=*BOX@%&#/^SE';

/** Names as ssh-keygen writes them above the picture. */
const titles: Readonly<Record<string, string>> = {
  'ssh-ed25519': 'ED25519 256',
  'ecdsa-sha2-nistp256': 'ECDSA 256',
  'ecdsa-sha2-nistp384': 'ECDSA 384',
  'ecdsa-sha2-nistp521': 'ECDSA 521',
};

/** `RSA 3072`: the number of bits is that of the modulus, the last of an RSA key's numbers. */
function titleOf(blob: Buffer): string {
  const type = keyType(blob);
  if (type !== 'ssh-rsa') return titles[type] ?? type;
  const modulus = keyParts(blob).at(-1)?.toString('hex').replace(/^0+/, '') ?? '';
  const leadingBits = Number.parseInt(modulus[0] ?? '0', 16).toString(2).length;
  return `RSA ${leadingBits + (modulus.length - 1) * 4}`;
}

/** OpenSSH's "drunken bishop" of the SHA256 fingerprint: a walk over a 17 × 9 board, two bits a step. */
export function picture(blob: Buffer): string {
  const visits = new Uint8Array(width * height);
  const start = Math.floor(height / 2) * width + Math.floor(width / 2);
  const last = symbols.length - 1;
  let x = Math.floor(width / 2);
  let y = Math.floor(height / 2);
  for (const byte of createHash('sha256').update(blob).digest()) {
    for (let bits = byte, step = 0; step < 4; step += 1, bits >>= 2) {
      x = Math.min(Math.max(x + (bits & 1 ? 1 : -1), 0), width - 1);
      y = Math.min(Math.max(y + (bits & 2 ? 1 : -1), 0), height - 1);
      const square = y * width + x;
      const seen = visits[square] ?? 0;
      if (seen < last - 2) visits[square] = seen + 1;
    }
  }
  visits[start] = last - 1;
  visits[y * width + x] = last;
  const rows = Array.from({ length: height }, (_, row) =>
    Array.from(visits.subarray(row * width, (row + 1) * width), (seen) => symbols[seen]).join(''),
  );
  return [border(`[${titleOf(blob)}]`), ...rows.map((row) => `|${row}|`), border('[SHA256]')].join(
    '\n',
  );
}

function border(label: string): string {
  const before = Math.floor((width - label.length) / 2);
  return `+${'-'.repeat(before)}${label}${'-'.repeat(width - label.length - before)}+`;
}
