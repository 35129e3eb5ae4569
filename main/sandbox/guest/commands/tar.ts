/** tar: create, list and extract, with gzip; just-bash's own needs more than a worker's bundle has. */
import { posix } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { type CommandCall, type GuestCommand, pathIn } from './command.ts';
import { dayTime } from './times.ts';

interface Entry {
  readonly name: string;
  readonly kind: 'file' | 'directory' | 'symlink';
  readonly mode: number;
  readonly mtimeMs: number;
  readonly data: Uint8Array;
  readonly target: string;
}

interface Wish {
  readonly action: string;
  readonly archive: string;
  readonly directory: string;
  readonly gzip: boolean;
  readonly verbose: boolean;
  readonly names: readonly string[];
}

const block = 512;
const kinds = { file: '0', symlink: '2', directory: '5' } as const;

export const tar: GuestCommand = {
  names: ['tar'],
  async run(call) {
    const wish = readArguments(call);
    if (wish.action === 'c') return create(call, wish);
    if (wish.action === 'x' || wish.action === 't') return extract(call, wish);
    await call.error('tar: one of c, x, t is needed, with f, z, v and -C\n');
    return 2;
  },
};

function readArguments({ args }: CommandCall): Wish {
  const names: string[] = [];
  let [letters, archive, directory] = ['', '-', '.'];
  for (let at = 0; at < args.length; at += 1) {
    const arg = args[at] ?? '';
    const next = () => {
      at += 1;
      return args[at] ?? '';
    };
    if (arg === '-C' || arg === '--directory') directory = next();
    else if (arg === '-f' || arg === '--file') archive = next();
    else if (arg.startsWith('--')) letters += longOptions[arg.slice(2)] ?? '';
    else if (arg === '-' || (!arg.startsWith('-') && at > 0)) names.push(arg);
    else {
      letters += arg.replace('-', '');
      if (arg.endsWith('f')) archive = next();
    }
  }
  return {
    action: [...letters].find((letter) => 'cxt'.includes(letter)) ?? '',
    archive,
    directory,
    gzip: letters.includes('z') || /gz$/.test(archive),
    verbose: letters.includes('v'),
    names,
  };
}

const longOptions: Readonly<Record<string, string>> = {
  create: 'c',
  extract: 'x',
  list: 't',
  gzip: 'z',
  verbose: 'v',
};

async function create(call: CommandCall, wish: Wish): Promise<number> {
  const chunks: Uint8Array[] = [];
  const base = pathIn(call, wish.directory);
  let status = 0;
  const add = async (name: string): Promise<void> => {
    const path = posix.resolve(base, name);
    const stats = await call.files.lstat(path);
    const kind = stats.isDirectory ? 'directory' : stats.isSymbolicLink ? 'symlink' : 'file';
    const entry: Entry = {
      name: name.replace(/^\/+/, '') + (kind === 'directory' && !name.endsWith('/') ? '/' : ''),
      kind,
      mode: stats.mode,
      mtimeMs: stats.mtime.getTime(),
      data: kind === 'file' ? await call.files.readFileBuffer(path) : new Uint8Array(0),
      target: kind === 'symlink' ? await call.files.readlink(path) : '',
    };
    if (wish.verbose) await say(call, wish, `${entry.name}\n`);
    chunks.push(header(entry), entry.data, padding(entry.data.length));
    if (kind !== 'directory') return;
    for (const child of await call.files.readdir(path)) await add(posix.join(name, child));
  };
  for (const name of wish.names) {
    try {
      await add(name);
    } catch {
      await call.error(`tar: ${name}: Cannot stat: No such file or directory\n`);
      status = 2;
    }
  }
  const plain = Buffer.concat([...chunks, new Uint8Array(2 * block)]);
  const archive = wish.gzip ? gzipSync(plain) : plain;
  if (wish.archive === '-') await call.out(archive);
  else await call.files.writeFile(pathIn(call, wish.archive), archive);
  return status;
}

async function extract(call: CommandCall, wish: Wish): Promise<number> {
  let bytes: Uint8Array;
  try {
    bytes =
      wish.archive === '-'
        ? call.inputBytes
        : await call.files.readFileBuffer(pathIn(call, wish.archive));
    if (bytes[0] === 0x1f && bytes[1] === 0x8b) bytes = gunzipSync(bytes);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    await call.error(`tar: ${wish.archive}: Cannot read: ${reason}\n`);
    return 2;
  }
  const base = pathIn(call, wish.directory);
  for (const entry of entriesOf(bytes)) {
    const wanted = wish.names.length === 0 || wish.names.some((name) => isWithin(entry.name, name));
    if (!wanted) continue;
    if (wish.action === 't') {
      await call.out(wish.verbose ? longLine(entry) : `${entry.name}\n`);
      continue;
    }
    if (wish.verbose) await say(call, wish, `${entry.name}\n`);
    await lay(call, base, entry);
  }
  return 0;
}

const isWithin = (path: string, name: string) =>
  path === name || path.startsWith(name.endsWith('/') ? name : `${name}/`);

/** What it did, beside an archive on standard output. */
const say = (call: CommandCall, { archive, action }: Wish, text: string) =>
  archive === '-' && action === 'c' ? call.error(text) : call.out(text);

async function lay({ files }: CommandCall, base: string, entry: Entry): Promise<void> {
  // Never outside of where it is unpacked.
  const path = posix.join(base, posix.normalize(`/${entry.name}`));
  if (entry.kind === 'directory') await files.mkdir(path, { recursive: true });
  else {
    await files.mkdir(posix.dirname(path), { recursive: true });
    await files.rm(path, { force: true, recursive: true });
    if (entry.kind === 'symlink') return files.symlink(entry.target, path);
    await files.writeFile(path, entry.data);
  }
  await files.chmod(path, entry.mode);
  await files.utimes(path, new Date(entry.mtimeMs), new Date(entry.mtimeMs));
}

const padding = (length: number) => new Uint8Array((block - (length % block)) % block);

/** The POSIX ustar format. */
function header({ name, kind, mode, mtimeMs, data, target }: Entry): Uint8Array {
  const bytes = Buffer.alloc(block);
  const field = (text: string, offset: number, length: number) =>
    bytes.write(text, offset, Math.min(Buffer.byteLength(text), length));
  const octal = (value: number, offset: number, length: number) =>
    field(value.toString(8).padStart(length - 1, '0'), offset, length);
  const raw = Buffer.from(name);
  const cut = raw.length > 100 ? raw.lastIndexOf('/', 155) : -1;
  bytes.set(raw.subarray(cut + 1, cut + 101), 0);
  if (cut > 0) bytes.set(raw.subarray(0, cut), 345);
  octal(mode & 0o7777, 100, 8);
  octal(0, 108, 8);
  octal(0, 116, 8);
  octal(data.length, 124, 12);
  octal(Math.floor(mtimeMs / 1000), 136, 12);
  field('        ', 148, 8);
  field(kinds[kind], 156, 1);
  field(target, 157, 100);
  field('ustar\x0000', 257, 8);
  field('root', 265, 32);
  field('root', 297, 32);
  const sum = bytes.reduce((total, byte) => total + byte, 0);
  field(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 8);
  return bytes;
}

function* entriesOf(archive: Uint8Array): Generator<Entry> {
  const bytes = Buffer.from(archive.buffer, archive.byteOffset, archive.length);
  for (let at = 0; at + block <= bytes.length; ) {
    const text = (offset: number, length: number) =>
      (bytes.toString('utf8', at + offset, at + offset + length).split('\0')[0] ?? '').trimEnd();
    const number = (offset: number, length: number) =>
      Number.parseInt(text(offset, length), 8) || 0;
    const name = text(0, 100);
    if (name === '') return;
    const size = number(124, 12);
    const type = text(156, 1);
    const prefix = text(257, 5) === 'ustar' ? text(345, 155) : '';
    const data = bytes.subarray(at + block, at + block + size);
    const [mode, mtimeMs, target] = [
      number(100, 8) & 0o7777,
      number(136, 12) * 1000,
      text(157, 100),
    ];
    at += block + size + padding(size).length;
    // Extended headers of other tars carry nothing that is needed here.
    if (type === 'x' || type === 'g' || type === 'L') continue;
    yield {
      name: prefix === '' ? name : `${prefix}/${name}`,
      kind: type === '5' ? 'directory' : type === '2' ? 'symlink' : 'file',
      mode,
      mtimeMs,
      data,
      target,
    };
  }
}

function longLine({ name, kind, mode, data, mtimeMs }: Entry): string {
  const bits = [...'rwxrwxrwx'].map((bit, at) => (mode & (0o400 >> at) ? bit : '-')).join('');
  const letter = { file: '-', directory: 'd', symlink: 'l' }[kind];
  return `${letter}${bits} root/root ${String(data.length).padStart(9)} ${dayTime(mtimeMs)} ${name}\n`;
}
