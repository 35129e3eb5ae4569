/** Files as Jupyter's contents API shows them; reading only. */
import { posix } from 'node:path';
import type { Files } from '../files/files.ts';

interface Content {
  readonly name: string;
  readonly path: string;
  readonly type: 'file' | 'directory' | 'notebook';
  readonly last_modified: string;
  readonly size: number | null;
  readonly writable: boolean;
  readonly mimetype: string | null;
  readonly format: 'json' | 'text' | 'base64' | null;
  readonly content: unknown;
}

const home = '/root';
const maxTextBytes = 1024 * 1024;

/** @returns undefined when there is no such file */
export function readContents(files: Files, path: string): Content | undefined {
  const full = posix.join(home, posix.normalize(`/${path}`));
  if (!files.exists(full)) return undefined;
  const content = describe(files, full);
  if (content.type === 'directory') {
    const children = files
      .readdir(full)
      .filter((name) => !name.startsWith('.') && files.exists(posix.join(full, name)))
      .map((name) => describe(files, posix.join(full, name)));
    return { ...content, format: 'json', content: children };
  }
  const bytes = files.read(full).subarray(0, maxTextBytes);
  const isText = !bytes.includes(0);
  return {
    ...content,
    type: 'file',
    mimetype: isText ? 'text/plain' : 'application/octet-stream',
    format: isText ? 'text' : 'base64',
    content: isText ? new TextDecoder().decode(bytes) : Buffer.from(bytes).toString('base64'),
  };
}

function describe(files: Files, full: string): Content {
  const { kind, size, mtimeMs } = files.stat(full);
  const isDirectory = kind === 'directory';
  return {
    name: full === home ? '' : posix.basename(full),
    path: posix.relative(home, full),
    type: isDirectory ? 'directory' : full.endsWith('.ipynb') ? 'notebook' : 'file',
    last_modified: new Date(mtimeMs).toISOString(),
    size: isDirectory ? null : size,
    writable: false,
    mimetype: null,
    format: null,
    content: null,
  };
}
