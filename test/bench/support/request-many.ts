/** Many HTTP requests at once, each on a connection of its own. */
import { connect } from 'node:net';

/** @returns how long each took, in milliseconds */
export function requestMany(port: number, count: number): Promise<readonly number[]> {
  return Promise.all(Array.from({ length: count }, () => requestOnce(port)));
}

function requestOnce(port: number): Promise<number> {
  const startedAt = performance.now();
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    let answer = '';
    socket.on('error', reject);
    socket.on('data', (bytes) => {
      answer += bytes;
    });
    socket.on('close', () => {
      if (answer.endsWith('ok')) resolve(performance.now() - startedAt);
      else reject(new Error(`answered ${JSON.stringify(answer)}`));
    });
    socket.write('GET / HTTP/1.1\r\nHost: far\r\n\r\n');
  });
}
