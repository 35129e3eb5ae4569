/** SOCKS5 as RFC 1928 words it, without authentication and for CONNECT only: bytes in, meaning out. */

/** What the first bytes of a client say it speaks. */
export type Greeting =
  | { readonly kind: 'more' }
  | { readonly kind: 'socks5'; readonly length: number; readonly withoutLogin: boolean }
  | { readonly kind: 'socks4' | 'http' | 'other' };

export type SocksRequest =
  | { readonly kind: 'more' }
  | {
      readonly kind: 'connect';
      readonly length: number;
      readonly host: string;
      readonly port: number;
    }
  | { readonly kind: 'refused'; readonly reply: SocksReply };

/** RFC 1928, section 6. */
const socksReplies = {
  succeeded: 0,
  failed: 1,
  notAllowed: 2,
  hostUnreachable: 4,
  refused: 5,
  expired: 6,
  commandUnknown: 7,
  addressUnknown: 8,
} as const;

export type SocksReply = keyof typeof socksReplies;

const version = 5;
const connectCommand = 1;
const noLogin = 0;

export function readGreeting(bytes: Buffer): Greeting {
  const [first, count] = bytes;
  if (first === undefined) return { kind: 'more' };
  if (first === 4) return { kind: 'socks4' };
  if (first !== version) return speaksHttp(bytes);
  if (count === undefined || bytes.length < 2 + count) return { kind: 'more' };
  const methods = bytes.subarray(2, 2 + count);
  return { kind: 'socks5', length: 2 + count, withoutLogin: methods.includes(noLogin) };
}

/** A method is known by the blank after it; no method's name is longer than that. */
function speaksHttp(bytes: Buffer): Greeting {
  const text = bytes.toString('latin1', 0, 20);
  if (/^[A-Z]{3,18} /.test(text)) return { kind: 'http' };
  return /^[A-Z]{1,18}$/.test(text) ? { kind: 'more' } : { kind: 'other' };
}

/** @param bytes what follows the greeting */
export function readRequest(bytes: Buffer): SocksRequest {
  const [first, command, , addressType] = bytes;
  if (first !== undefined && first !== version) return { kind: 'refused', reply: 'failed' };
  if (addressType === undefined) return { kind: 'more' };
  if (command !== connectCommand) return { kind: 'refused', reply: 'commandUnknown' };
  const address = readAddress(addressType, bytes.subarray(4));
  if (address.kind !== 'address') return address;
  const end = 4 + address.length;
  if (bytes.length < end + 2) return { kind: 'more' };
  const port = bytes.readUInt16BE(end);
  if (port === 0) return { kind: 'refused', reply: 'refused' };
  return { kind: 'connect', length: end + 2, host: address.host, port };
}

type Address =
  | { readonly kind: 'more' }
  | { readonly kind: 'address'; readonly length: number; readonly host: string }
  | { readonly kind: 'refused'; readonly reply: SocksReply };

function readAddress(type: number, bytes: Buffer): Address {
  switch (type) {
    case 1:
      if (bytes.length < 4) return { kind: 'more' };
      return { kind: 'address', length: 4, host: bytes.subarray(0, 4).join('.') };
    case 3: {
      const [length] = bytes;
      if (length === undefined || bytes.length < 1 + length) return { kind: 'more' };
      const host = bytes.toString('latin1', 1, 1 + length);
      // A name of letters, or an address in words, as some clients send it.
      if (!/^[\w.:-]+$/.test(host)) return { kind: 'refused', reply: 'hostUnreachable' };
      return { kind: 'address', length: 1 + length, host };
    }
    case 4: {
      if (bytes.length < 16) return { kind: 'more' };
      const groups = Array.from({ length: 8 }, (_, index) => bytes.readUInt16BE(2 * index));
      return {
        kind: 'address',
        length: 16,
        host: groups.map((group) => group.toString(16)).join(':'),
      };
    }
    default:
      return { kind: 'refused', reply: 'addressUnknown' };
  }
}

/** The address a reply names is nobody's: clients of CONNECT need none. */
export const socksReply = (reply: SocksReply): Buffer =>
  Buffer.from([version, socksReplies[reply], 0, 1, 0, 0, 0, 0, 0, 0]);

export const acceptWithoutLogin = Buffer.from([version, noLogin]);
export const noAcceptableMethod = Buffer.from([version, 0xff]);
/** The whole of a SOCKS4 refusal. */
export const socks4Refusal = Buffer.from([0, 0x5b, 0, 0, 0, 0, 0, 0]);
