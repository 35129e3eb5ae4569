/** Keys an SSH agent offers and ssh2 leaves out without a word: those of security keys, and certificates. */
import type { Duplex } from 'node:stream';
import ssh2 from 'ssh2';
import { plainWords } from '../../core/plain-words.ts';

/** Security keys sign by a protocol of their own (PROTOCOL.u2f), certificates are presented by another (PROTOCOL.certkeys). */
const strange = /^(sk-[\w@.-]{1,60}|[\w-]{1,40}-cert-v\d\d@[\w.-]{1,40})$/;

/** @returns the type of a public key that ssh2 cannot use; undefined of all others */
export function strangeType(publicKey: Buffer): string | undefined {
  if (publicKey.length < 4) return undefined;
  const type = publicKey.toString('latin1', 4, 4 + Math.min(publicKey.readUInt32BE(0), 100));
  return strange.test(type) ? type : undefined;
}

const patienceMs = 5000;
const requestIdentities = 11;
const identitiesAnswer = 12;
/** As much as OpenSSH's own agent ever answers. */
const largestAnswerBytes = 256 * 1024;

/** @returns each as a person knows it: its type, and what it is called. Never throws; empty where the agent does not answer */
export function listAgentStrangers(socket: string): Promise<readonly string[]> {
  return new Promise((resolve) => {
    let stream: Duplex | undefined;
    let received = Buffer.alloc(0);
    let isOver = false;
    const finish = (strangers: readonly string[]) => {
      isOver = true;
      clearTimeout(timer);
      stream?.destroy();
      resolve(strangers);
    };
    const none = () => finish([]);
    const timer = setTimeout(none, patienceMs);
    const take = (bytes: Buffer) => {
      received = Buffer.concat([received, bytes]);
      if (received.length > largestAnswerBytes) none();
      else if (received.length >= 4 && received.length >= 4 + received.readUInt32BE(0)) {
        finish(strangersIn(received.subarray(4)));
      }
    };
    const agent = ssh2.createAgent(socket);
    if (!agent.getStream) {
      none();
      return;
    }
    agent.getStream((error, opened) => {
      if (error || !opened) {
        none();
        return;
      }
      stream = opened;
      opened.on('data', take).on('error', none).on('close', none);
      // It opened after nobody waited any more.
      if (isOver) opened.destroy();
      else opened.write(Buffer.from([0, 0, 0, 1, requestIdentities]));
    });
  });
}

function strangersIn(answer: Buffer): readonly string[] {
  let at = 5;
  const next = (): Buffer => {
    const start = at + 4;
    at = start + answer.readUInt32BE(at);
    if (at > answer.length) throw new RangeError('cut short');
    return answer.subarray(start, at);
  };
  const strangers: string[] = [];
  try {
    if (answer[0] !== identitiesAnswer) return [];
    for (let left = answer.readUInt32BE(1); left > 0; left -= 1) {
      const type = strangeType(next());
      const name = plainWords(next().toString('utf8'), 60);
      if (type) strangers.push(name === '' ? type : `${name} (${type})`);
    }
  } catch {
    // What came until then is as good as any.
  }
  return strangers;
}
