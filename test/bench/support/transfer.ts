/** Bytes through a port: a far end in a process of its own, and the near end that counts. */
import { connect, type Socket } from 'node:net';
import { type Child, startChild } from '../../support/child.ts';

/** The first message says what to do: `down N` sends N bytes, `up N` takes N and answers `k`; HTTP is answered as such. */
const farEnd = `
  const { createServer } = require('node:net');
  const block = Buffer.alloc(1024 * 1024, 'pilothouse');
  const server = createServer((socket) => {
    socket.on('error', () => {});
    socket.once('data', (first) => {
      const [what, count] = String(first).split(/[ \\n]/);
      let left = Number(count);
      if (what === 'GET') socket.end('HTTP/1.1 200 OK\\r\\nContent-Length: 2\\r\\nConnection: close\\r\\n\\r\\nok');
      else if (what === 'down') {
        const send = () => {
          while (left > 0) {
            const piece = left >= block.length ? block : block.subarray(0, left);
            left -= piece.length;
            if (!socket.write(piece)) return socket.once('drain', send);
          }
          socket.end();
        };
        send();
      } else {
        socket.write('g');
        socket.on('data', (bytes) => {
          left -= bytes.length;
          if (left <= 0) socket.end('k');
        });
      }
    });
  });
  server.listen({ port: 0, host: '127.0.0.1', backlog: 4096 }, () => console.log('port ' + server.address().port));
`;

export interface FarEnd {
  readonly port: number;
  stop(): Promise<void>;
}

export async function startFarEnd(): Promise<FarEnd> {
  const child: Child = startChild(process.execPath, ['-e', farEnd]);
  const [, port] = await child.waitFor(/port (\d+)/);
  return { port: Number(port), stop: child.stop };
}

/** @returns seconds until the last of the bytes was here */
export async function download(port: number, bytes: number): Promise<number> {
  const socket = connect(port, '127.0.0.1');
  socket.write(`down ${bytes}\n`);
  let count = 0;
  let startedAt = 0;
  await finished(socket, (piece) => {
    startedAt ||= performance.now();
    count += piece.length;
  });
  if (count !== bytes) throw new Error(`${count} of ${bytes} bytes arrived`);
  return (performance.now() - startedAt) / 1000;
}

/** @returns seconds until the far end had them all */
export async function upload(port: number, bytes: number): Promise<number> {
  const socket = connect(port, '127.0.0.1');
  const block = Buffer.alloc(1024 * 1024, 'pilothouse');
  let startedAt = 0;
  let left = bytes;
  let answers = '';
  const send = () => {
    while (left > 0) {
      const piece = left >= block.length ? block : block.subarray(0, left);
      left -= piece.length;
      if (!socket.write(piece)) {
        socket.once('drain', send);
        return;
      }
    }
  };
  socket.write(`up ${bytes}\n`);
  await finished(socket, (piece) => {
    answers += piece.toString();
    if (startedAt === 0) {
      startedAt = performance.now();
      send();
    }
  });
  if (answers !== 'gk') throw new Error(`the far end answered ${JSON.stringify(answers)}`);
  return (performance.now() - startedAt) / 1000;
}

function finished(socket: Socket, onBytes: (bytes: Buffer) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    socket
      .on('data', onBytes)
      .on('error', reject)
      .on('close', () => resolve());
  });
}
