/** Sealing under a master password: scrypt for the key, AES-256-GCM for the records, the record's id as associated data. */
import {
  createCipheriv,
  createDecipheriv,
  randomBytes,
  type ScryptOptions,
  scrypt,
  timingSafeEqual,
} from 'node:crypto';
import { z } from 'zod';

/** What is written down of a master key: how to derive it again, and a check that the password was right. */
export const masterKeySchema = z.strictObject({
  kind: z.literal('scrypt'),
  salt: z.base64(),
  cost: z
    .int()
    .min(2 ** 14)
    .max(2 ** 20),
  check: z.base64(),
});
export type SavedMasterKey = z.infer<typeof masterKeySchema>;

export type MasterKey = Buffer;

/** OWASP's scrypt setting N=2^17, r=8, p=1: about 128 MiB and a third of a second. */
const usualCost = 2 ** 17;
const checkId = 'pilothouse master key';
const nonceLength = 12;
const tagLength = 16;

export async function createMasterKey(
  password: string,
  cost = usualCost,
): Promise<{ readonly key: MasterKey; readonly saved: SavedMasterKey }> {
  const salt = randomBytes(16);
  const key = await deriveKey(password, salt, cost);
  const check = sealText(key, checkId, checkId);
  return { key, saved: { kind: 'scrypt', salt: salt.toString('base64'), cost, check } };
}

/** @returns undefined when the password is wrong */
export async function openMasterKey(
  saved: SavedMasterKey,
  password: string,
): Promise<MasterKey | undefined> {
  const key = await deriveKey(password, Buffer.from(saved.salt, 'base64'), saved.cost);
  const check = openSealed(key, checkId, saved.check);
  const right =
    check !== undefined &&
    check.length === checkId.length &&
    timingSafeEqual(Buffer.from(check), Buffer.from(checkId));
  return right ? key : undefined;
}

/** @returns base64 of nonce, ciphertext and tag */
export function sealText(key: MasterKey, id: string, text: string): string {
  const nonce = randomBytes(nonceLength);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(id));
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, sealed, cipher.getAuthTag()]).toString('base64');
}

/** @returns undefined when it was not sealed with this key for this id, or was changed since */
export function openSealed(key: MasterKey, id: string, sealed: string): string | undefined {
  const bytes = Buffer.from(sealed, 'base64');
  if (bytes.length < nonceLength + tagLength) return undefined;
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, nonceLength))
    .setAAD(Buffer.from(id))
    .setAuthTag(bytes.subarray(-tagLength));
  try {
    const text = decipher.update(bytes.subarray(nonceLength, -tagLength));
    return Buffer.concat([text, decipher.final()]).toString('utf8');
  } catch {
    return undefined;
  }
}

function deriveKey(password: string, salt: Buffer, rounds: number): Promise<MasterKey> {
  const options: ScryptOptions = { N: rounds, r: 8, p: 1, maxmem: 256 * rounds * 8 };
  return new Promise((resolve, reject) => {
    scrypt(password.normalize('NFKC'), salt, 32, options, (error, key) =>
      error ? reject(error) : resolve(key),
    );
  });
}
