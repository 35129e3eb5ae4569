/** A long line in a process of its own, so that its work is nobody else's: every byte arrives later, each way. */
import { startChild } from '../../support/child.ts';

const program = `
  const { connect, createServer } = require('node:net');
  const [to, delayMs] = process.argv.slice(1).map(Number);
  const forward = (from, onto) => {
    const queue = [];
    let timer;
    const pass = () => {
      timer = undefined;
      const due = performance.now();
      while (queue[0] && queue[0].at <= due + 0.5) onto.writable && onto.write(queue.shift().bytes);
      if (queue[0]) timer = setTimeout(pass, queue[0].at - due);
    };
    from.on('data', (bytes) => {
      queue.push({ at: performance.now() + delayMs, bytes });
      timer ??= setTimeout(pass, delayMs);
    });
    from.on('error', () => {});
    from.on('close', () => setTimeout(() => onto.destroy(), delayMs + 10));
  };
  const server = createServer((near) => {
    const far = connect(to, '127.0.0.1');
    near.setNoDelay(true);
    far.setNoDelay(true);
    forward(near, far);
    forward(far, near);
  });
  server.listen(0, '127.0.0.1', () => console.log('port ' + server.address().port));
`;

export async function startDelayingProxy(
  port: number,
  delayMs: number,
): Promise<{ readonly port: number; stop(): Promise<void> }> {
  const child = startChild(process.execPath, ['-e', program, String(port), String(delayMs)]);
  const [, own] = await child.waitFor(/port (\d+)/);
  return { port: Number(own), stop: child.stop };
}
