/** A host key made comparable: OpenSSH's SHA256 fingerprint and its picture. */
import { createHash } from 'node:crypto';
import type { HostKeyInfo } from '../../../preload/contract/instances.ts';

/** The type a key blob names itself (RFC 4253, section 6.6), such as `ssh-ed25519`. @throws when it is no key */
export function keyType(blob: Buffer): string {
  const length = blob.length >= 4 ? blob.readUInt32BE(0) : 0;
  const type = blob.toString('latin1', 4, 4 + length);
  if (length === 0 || length > 64 || !/^[\w@.-]+$/.test(type)) throw new Error('not a key blob');
  return type;
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
  'ssh-rsa': 'RSA',
};

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
  const title = titles[keyType(blob)] ?? keyType(blob);
  return [border(`[${title}]`), ...rows.map((row) => `|${row}|`), border('[SHA256]')].join('\n');
}

function border(label: string): string {
  const before = Math.floor((width - label.length) / 2);
  return `+${'-'.repeat(before)}${label}${'-'.repeat(width - label.length - before)}+`;
}
