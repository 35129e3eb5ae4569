/** A guest's files as just-bash wants them; each operation is asked of the main thread, where the files are. */

import { posix } from 'node:path';
import type { BufferEncoding, FileContent, FsStat, IFileSystem } from 'just-bash/browser';
import { catalogue } from '../commands/catalogue.ts';
import { bashCommands } from '../files/bash-commands.ts';
import type { HostClient } from './host-client.ts';
import type { OutputSink } from './output-sink.ts';

/**
 * Where the commands are that rewritten scripts are made of: just-bash runs a command of ours only
 * when a file stands for it in /bin, and a full path does not depend on $PATH.
 */
export const innerCommand = (name: string): string => `/bin/__${name}`;

/** Where transformed scripts send what they print; never seen in the guest. */
export const sinkPaths = { out: '/dev/.sandbox-out', error: '/dev/.sandbox-error' } as const;

/** Commands and devices are always there: no need to ask for them each time one is used. */
const builtIn = new Set([
  ...Object.values(sinkPaths),
  ...'null zero full random urandom tty stdin stdout stderr'
    .split(' ')
    .map((name) => `/dev/${name}`),
  ...[...bashCommands, ...catalogue.flatMap(({ names }) => names)].flatMap((name) => [
    `/usr/bin/${name}`,
    `/bin/${name}`,
  ]),
]);
const isBuiltIn = (path: string) => builtIn.has(path) || path.startsWith(innerCommand(''));

type Encoding = BufferEncoding | { readonly encoding?: BufferEncoding | null } | undefined;
type ByteString = Awaited<ReturnType<NonNullable<IFileSystem['readFileBytes']>>>;

export function createWorkerFiles(host: HostClient, sink: OutputSink): IFileSystem {
  const read = async (path: string): Promise<Uint8Array> => {
    if (/^\/dev\/u?random$/.test(path)) return crypto.getRandomValues(new Uint8Array(65_536));
    if (path === '/dev/zero') return new Uint8Array(1024 * 1024);
    return host.read(path);
  };
  const write = async (
    method: 'write' | 'append',
    path: string,
    content: FileContent,
    encoding: Encoding,
  ): Promise<void> => {
    if (path === sinkPaths.out) return sink.write('out', toBytes(content, encoding));
    if (path === sinkPaths.error) return sink.write('error', toBytes(content, encoding));
    if (path === '/dev/tty') return sink.write('out', toBytes(content, encoding));
    if (path.startsWith('/dev/') && !path.startsWith('/dev/fd/')) return;
    await host[method](path, toBytes(content, encoding));
  };
  const stat = async (path: string, followLast: boolean): Promise<FsStat> => {
    if (isBuiltIn(path)) return builtInStats;
    const { kind, mode, size, mtimeMs } = await host.stat(path, followLast);
    return {
      isFile: kind === 'file',
      isDirectory: kind === 'directory',
      isSymbolicLink: kind === 'symlink',
      mode,
      size,
      mtime: new Date(mtimeMs),
    };
  };
  return {
    async readFile(path, options) {
      const encoding = encodingOf(options);
      return Buffer.from(await read(path)).toString(encoding === 'binary' ? 'latin1' : encoding);
    },
    // just-bash's byte strings are latin1 text under an opaque type.
    readFileBytes: async (path) =>
      Buffer.from(await read(path)).toString('latin1') as unknown as ByteString,
    readFileBuffer: read,
    writeFile: (path, content, options) => write('write', path, content, options),
    appendFile: (path, content, options) => write('append', path, content, options),
    exists: async (path) => isBuiltIn(path) || host.exists(path),
    stat: (path) => stat(path, true),
    lstat: (path) => stat(path, false),
    mkdir: (path, options) => host.mkdir(path, options?.recursive ?? false),
    readdir: async (path) => [...(await host.readdir(path))],
    rm: (path, options) => host.remove(path, options?.recursive ?? false, options?.force ?? false),
    cp: (from, to, options) => host.copy(from, to, options?.recursive ?? false),
    mv: (from, to) => host.rename(from, to),
    resolvePath: (base, path) => posix.resolve(base, path),
    getAllPaths: () => [],
    chmod: (path, mode) => host.chmod(path, mode),
    symlink: (target, path) => host.symlink(target, path),
    link: (existing, path) => host.link(existing, path),
    readlink: (path) => host.readlink(path),
    realpath: (path) => host.realpath(path),
    utimes: (path, _accessed, modified) => host.setTime(path, modified.getTime()),
  };
}

const builtInStats: FsStat = {
  isFile: true,
  isDirectory: false,
  isSymbolicLink: false,
  mode: 0o755,
  size: 0,
  mtime: new Date(0),
};

const encodingOf = (options: Encoding): BufferEncoding =>
  (typeof options === 'string' ? options : options?.encoding) ?? 'utf8';

function toBytes(content: FileContent, options: Encoding): Uint8Array {
  if (typeof content !== 'string') return content;
  const encoding = encodingOf(options);
  return Buffer.from(content, encoding === 'binary' ? 'latin1' : encoding);
}
