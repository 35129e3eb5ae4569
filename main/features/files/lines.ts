/** SFTP channels to instances: one shared by all who browse, some more while files move, each ended when nobody uses it. */
import type ssh2 from 'ssh2';
import { refusal } from '../../../preload/contract/errors.ts';
import { plainWords } from '../../core/plain-words.ts';
import type { Connection } from '../ssh/connection.ts';
import type { Connections } from '../ssh/connections.ts';
import type { LeaseRequest } from '../ssh/lease.ts';
import type { Standings } from '../standings.ts';
import { createEntrance } from './entrance.ts';
import { greetSftp, type Sftp } from './sftp.ts';
import { SftpChannel } from './sftp-channel.ts';
import { noSftp } from './sftp-failure.ts';
import { untilAborted } from './until-aborted.ts';

/** A channel counts against the server's MaxSessions: it is not kept longer than somebody may come back. */
const lingerMs = 20_000;

export interface Line {
  readonly sftp: Sftp;
  release(): void;
}

interface OpenLine {
  readonly connection: Connection;
  readonly sftp: Sftp;
  users: number;
  lingering?: NodeJS.Timeout;
  end(): void;
}

export interface Lines {
  /** Works over the shared channel; asks a person where the login needs one. @throws CloudError */
  use<Value>(
    instance: string,
    signal: AbortSignal,
    work: (sftp: Sftp) => Promise<Value>,
  ): Promise<Value>;
  /**
   * As many channels as wanted where the server allows them, at least one.
   * @throws CloudError
   */
  take(instance: string, wanted: number, request: LineRequest): Promise<readonly Line[]>;
  /** Resolves when there is a connection, tried for by the pool's own policy. @throws CloudError when only a person can help */
  whenReachable(instance: string, signal: AbortSignal): Promise<void>;
  close(): void;
}

export type LineRequest = Pick<LeaseRequest, 'interactive' | 'signal'>;

interface InstanceLines {
  shared?: Promise<OpenLine> | undefined;
  readonly further: Set<OpenLine>;
  /** One after another, so that no more are opened than are wanted. */
  growing: Promise<void>;
}

export function createLines(
  connections: Pick<Connections, 'to' | 'owner'>,
  standings: Pick<Standings, 'of' | 'onChange'>,
): Lines {
  const entrance = createEntrance(standings);
  const instances = new Map<string, InstanceLines>();
  const linesOf = (instance: string): InstanceLines => {
    const lines = instances.get(instance) ?? { further: new Set(), growing: Promise.resolve() };
    instances.set(instance, lines);
    return lines;
  };

  async function open(instance: string, request: LineRequest): Promise<OpenLine> {
    const connection = await connections.to(instance, 'files');
    const owner = connections.owner('files', instance);
    return openLine(connection, { owner, ...request });
  }

  /** One that is there and still good, or a new one; asked for by several at once it is opened once. */
  async function shared(instance: string, request: LineRequest): Promise<OpenLine> {
    entrance.check(instance);
    const lines = linesOf(instance);
    const connection = await connections.to(instance, 'files');
    const present = lines.shared;
    if (present) {
      const line = await present.catch(() => undefined);
      const isGood = line && !line.sftp.channel.isClosed && line.connection === connection;
      if (isGood && lines.shared === present) return line;
      if (lines.shared !== present) return shared(instance, request);
    }
    const opening = open(instance, request);
    lines.shared = opening;
    try {
      return await opening;
    } catch (error) {
      if (lines.shared === opening) lines.shared = undefined;
      throw error;
    }
  }

  async function grow(instance: string, wanted: number, signal: AbortSignal): Promise<void> {
    const { further } = linesOf(instance);
    for (const line of further) if (line.sftp.channel.isClosed) further.delete(line);
    // All at once: each needs several round trips. Where the server allows no more, what is there does.
    const opening = Array.from({ length: Math.max(wanted - further.size, 0) }, async () => {
      further.add(await open(instance, { interactive: false, signal }));
    });
    await Promise.allSettled(opening);
  }

  return {
    async use(instance, signal, work) {
      const line = lend(await shared(instance, { interactive: true, signal }));
      try {
        return await work(line.sftp);
      } finally {
        line.release();
      }
    },
    async take(instance, wanted, request) {
      const first = lend(await shared(instance, request));
      const lines = linesOf(instance);
      if (wanted > 1) {
        const grown = lines.growing.then(() => grow(instance, wanted, request.signal));
        lines.growing = grown;
        await grown;
      }
      const further = [...lines.further].filter(({ sftp }) => !sftp.channel.isClosed);
      if (further.length === 0) return [first];
      // Who browses is not to wait behind megabytes.
      const lent = further.slice(0, wanted).map(lend);
      first.release();
      return lent;
    },
    async whenReachable(instance, signal) {
      await entrance.whileOpen(instance, signal, async (open) => {
        const connection = await connections.to(instance, 'files');
        const owner = connections.owner('files', instance);
        const request = { owner, interactive: false, signal: open };
        (await connection.acquirePersistently(request, () => {})).release();
      });
    },
    close() {
      for (const { shared: opening, further } of instances.values()) {
        void opening?.then((line) => line.end()).catch(() => {});
        for (const line of further) line.end();
      }
      instances.clear();
    },
  };
}

function lend(line: OpenLine): Line {
  line.users += 1;
  clearTimeout(line.lingering);
  let isLent = true;
  return {
    sftp: line.sftp,
    release() {
      if (!isLent) return;
      isLent = false;
      line.users -= 1;
      if (line.users === 0) line.lingering = setTimeout(line.end, lingerMs).unref();
    },
  };
}

async function openLine(connection: Connection, request: LeaseRequest): Promise<OpenLine> {
  const { channel, lease } = await connection.openSession(request, openChannel);
  lease.onLost((failure) => channel.close(failure));
  channel.onClose(() => lease.release());
  try {
    const sftp = await untilAborted(greetSftp(channel), request.signal);
    return { connection, sftp, users: 0, end: () => channel.close() };
  } catch (error) {
    channel.close();
    throw error;
  }
}

function openChannel(client: ssh2.Client): Promise<SftpChannel> {
  return new Promise((resolve, reject) => {
    try {
      client.subsys('sftp', (error, channel) => {
        if (!error) resolve(new SftpChannel(channel));
        else if (/subsystem/i.test(error.message)) reject(noSftp('no-sftp'));
        else {
          const detail = plainWords(error.message, 200);
          reject(refusal('quota', 'ssh-channel-refused', { detail }));
        }
      });
    } catch {
      reject(refusal('network', 'ssh-connection-closed'));
    }
  });
}
