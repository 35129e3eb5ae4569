/** Ports with a name: what is offered for a new tunnel, and which of them no browser can show. */
import type { Tunnel } from '../../preload/contract/tunnels.ts';

/** What people who rent machines mostly want from them. */
export const offeredPorts: readonly { readonly port: number; readonly name: string }[] = [
  { port: 8888, name: 'JupyterLab' },
  { port: 6006, name: 'TensorBoard' },
  { port: 7860, name: 'Gradio' },
  { port: 8265, name: 'Ray' },
  { port: 5432, name: 'PostgreSQL' },
];

/** SSH, mail, name service, file shares, desktops, databases, queues. */
const notForBrowsers: ReadonlySet<number> = new Set([
  21, 22, 23, 25, 53, 110, 111, 139, 143, 389, 445, 465, 587, 636, 993, 995, 1433, 1521, 2049, 2181,
  3306, 3389, 5432, 5433, 5671, 5672, 5900, 5901, 6379, 6380, 9042, 9092, 11_211, 26_257, 27_017,
]);
const httpsPorts: ReadonlySet<number> = new Set([443, 6443, 8443, 9443]);

/** Those of which 127.0.0.1, the one address pages are opened at, is one. */
const forBrowsers: readonly string[] = ['loopback', 'localhost', '127.0.0.1', '*', '0.0.0.0', '::'];

/** @returns the page behind the tunnel, as far as its port tells; undefined where no page is likely */
export function pageOf({ kind, bindAddress, localPort, remotePort }: Tunnel): string | undefined {
  if (kind !== 'local' || notForBrowsers.has(remotePort)) return undefined;
  if (!forBrowsers.includes(bindAddress)) return undefined;
  const scheme = httpsPorts.has(remotePort) ? 'https' : 'http';
  return `${scheme}://127.0.0.1:${localPort}/`;
}

const jupyterPorts: ReadonlySet<number> = new Set([8888, 8889, 8890]);

/** Whether a Jupyter server answers there, or one is expected there by custom. */
export const leadsToJupyter = ({ kind, remotePort, jupyter }: Tunnel): boolean =>
  kind === 'local' && (jupyter !== undefined || jupyterPorts.has(remotePort));
