/** Loaded into a process before anything else: writes down every address it reaches for beyond this machine. */
import dns from 'node:dns';
import { appendFileSync } from 'node:fs';
import net from 'node:net';

const record = (what) => appendFileSync(process.env.NETWORK_RECORD, `${what}\n`);
const isHere = (host) => ['127.0.0.1', '::1', 'localhost', undefined].includes(host);

const connect = net.Socket.prototype.connect;
net.Socket.prototype.connect = function watched(...args) {
  const [options] = Array.isArray(args[0]) ? args[0] : args;
  if (!options?.path && !isHere(options?.host)) record(`connect ${options?.host}`);
  return connect.apply(this, args);
};
for (const name of ['lookup', 'resolve', 'resolve4', 'resolve6']) {
  const original = dns[name];
  dns[name] = (host, ...rest) => {
    if (!isHere(host)) record(`${name} ${host}`);
    return original(host, ...rest);
  };
}
