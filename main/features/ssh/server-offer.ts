/** What a server offers, read from its first words (RFC 4253, sections 4.2 and 7.1), which are not encrypted yet. */

/** In the order of ssh2's names for them; a cipher and a MAC as used towards the server. */
export interface ServerOffer {
  readonly kex: readonly string[];
  readonly serverHostKey: readonly string[];
  readonly cipher: readonly string[];
  readonly hmac: readonly string[];
}

export interface OfferReader {
  /** What the server sent, piece by piece. */
  take(bytes: Buffer): void;
  /** Whether a version line of SSH came; true while nothing came at all. */
  speaksSsh(): boolean;
  /** Undefined until it has come whole. */
  offer(): ServerOffer | undefined;
}

/** A preamble and the first packet fit in well; what comes after is not looked at. */
const enoughBytes = 64 * 1024;
const keyExchangeInit = 20;
const cookieBytes = 16;

export function createOfferReader(): OfferReader {
  let received = Buffer.alloc(0);
  let offer: ServerOffer | undefined;
  return {
    take(bytes) {
      if (offer || received.length > enoughBytes) return;
      received = Buffer.concat([received, bytes]);
      offer = readOffer(received);
    },
    speaksSsh: () => received.length === 0 || /^SSH-/m.test(received.toString('latin1')),
    offer: () => offer,
  };
}

function readOffer(received: Buffer): ServerOffer | undefined {
  const version = /^SSH-[^\n]*\n/m.exec(received.toString('latin1'));
  if (!version) return undefined;
  const packet = received.subarray(version.index + version[0].length);
  if (packet.length < 6) return undefined;
  const length = packet.readUInt32BE(0);
  if (packet.length < 4 + length || packet[5] !== keyExchangeInit) return undefined;
  const [kex, serverHostKey, cipher, _cipherBack, hmac] = readNameLists(
    packet.subarray(6 + cookieBytes, 4 + length),
  );
  if (!kex || !serverHostKey || !cipher || !hmac) return undefined;
  return { kex: kex.filter((name) => !isSignal(name)), serverHostKey, cipher, hmac };
}

/** Names in the list of exchanges that tell of an ability instead (RFC 8308; PROTOCOL, 1.10). */
const isSignal = (name: string) => /^(ext-info-|kex-strict-)/.test(name);

function readNameLists(bytes: Buffer): readonly (readonly string[])[] {
  const lists: string[][] = [];
  let at = 0;
  while (lists.length < 5 && at + 4 <= bytes.length) {
    const end = at + 4 + bytes.readUInt32BE(at);
    if (end > bytes.length) break;
    const names = bytes.toString('latin1', at + 4, end);
    lists.push(names.replace(/[^\x21-\x7e]/g, '?').split(','));
    at = end;
  }
  return lists;
}
