/** The command that brings a tunnel on to another machine, where the browser is. */

/**
 * @param host what the address bar says; a loopback name does not tell where the application runs, so a
 * placeholder stands for the machine
 */
export function sshForwardLine(localPort: number, host: string): string {
  const loopback = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(host);
  return `ssh -N -L ${localPort}:127.0.0.1:${localPort} ${loopback ? '<machine>' : host}`;
}
