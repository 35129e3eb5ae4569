/** The end of a connection that is not needed any more: said to the server, which is waited for only so long. */
import type ssh2 from 'ssh2';

/** One that stopped answering would keep its socket, and its place on the machine before it. */
const patienceMs = 5000;

export function takeLeave(client: ssh2.Client): void {
  const timer = setTimeout(() => client.destroy(), patienceMs).unref();
  client.once('close', () => clearTimeout(timer));
  client.end();
}
