/** The one line in OpenSSH's configuration that leads to our file: put in front, taken out again, and no other byte touched. */

const mark = '# Added by Pilothouse';

const withSlashes = (path: string): string =>
  process.platform === 'win32' ? path.replaceAll('\\', '/') : path;

export const includeLine = (path: string): string => `Include "${withSlashes(path)}" ${mark}`;

/** False where the path has a character that an Include would take for something else. */
export const canBeIncluded = (path: string): boolean =>
  !/["%*?[\]\\$\p{Cc}]/u.test(withSlashes(path));

const bom = Buffer.from([0xef, 0xbb, 0xbf]);

export function hasLine(content: Buffer, line: string): boolean {
  const text = content.toString('latin1').replace(/^\xef\xbb\xbf/, '');
  return text.split(/\r?\n/).includes(latin1(line));
}

/** In front of everything, because the first value wins and a block would swallow it. A line of ours that is there already is replaced. */
export function withLine(content: Buffer, line: string): Buffer {
  const rest = withoutLine(content);
  const start = rest.subarray(0, bom.length).equals(bom) ? bom.length : 0;
  const end = /^[^\n]*\r\n/.test(rest.toString('latin1')) ? '\r\n' : '\n';
  return Buffer.concat([
    rest.subarray(0, start),
    Buffer.from(`${line}${end}`),
    rest.subarray(start),
  ]);
}

/** Bytes of any encoding come out as they went in: latin1 has a character for each. */
export function withoutLine(content: Buffer): Buffer {
  const text = content.toString('latin1');
  const ours = new RegExp(`^((?:\xef\xbb\xbf)?)Include "[^"\\n]*" ${mark}\\r?(?:\\n|$)`, 'gm');
  return Buffer.from(text.replace(ours, '$1'), 'latin1');
}

const latin1 = (text: string): string => Buffer.from(text).toString('latin1');
