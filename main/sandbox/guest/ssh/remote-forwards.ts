/** Ports of a guest that lead to whoever is connected to it, as `ssh -R` asks for. */
import type { Connection, TcpipBindInfo } from 'ssh2';
import type { Ports } from '../ports.ts';

export function takeRemoteForwards(connection: Connection, ports: Ports): void {
  const own = new Set<number>();
  connection.on('request', (accept, reject, name, info) => {
    const { bindAddr, bindPort } = info as TcpipBindInfo;
    if (name === 'cancel-tcpip-forward') {
      if (own.delete(bindPort)) ports.close(bindPort);
      accept?.();
      return;
    }
    if (name !== 'tcpip-forward') {
      reject?.();
      return;
    }
    const port = ports.listen(bindPort, 'sshd', (stream) => {
      connection.forwardOut(bindAddr, port ?? bindPort, '127.0.0.1', 0, (error, channel) => {
        if (error) {
          stream.destroy();
          return;
        }
        for (const end of [stream, channel]) end.on('error', () => {});
        stream.pipe(channel).pipe(stream);
      });
    });
    if (port === undefined) {
      reject?.();
      return;
    }
    own.add(port);
    accept?.(port);
  });
  connection.on('close', () => {
    for (const port of own) ports.close(port);
  });
}
