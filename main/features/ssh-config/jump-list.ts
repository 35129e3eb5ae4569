/** Machines on the way as ProxyJump lists them: `user@host:port`, `ssh://…`, IPv6 in brackets. */

export interface JumpPlace {
  readonly user?: string;
  readonly host: string;
  readonly port?: number;
}

/** First hop first. @returns undefined when it is not such a list; an empty list for `none` */
export function parseJumpList(text: string): readonly JumpPlace[] | undefined {
  const list = text.replace(/#.*$/, '').trim();
  if (list.toLowerCase() === 'none') return [];
  const places = list.split(',').map(parsePlace);
  return places.every((place) => place !== undefined) ? places : undefined;
}

/**
 * `ssh -W %h:%p bastion`, the form ProxyJump had before there was one: the machine it goes through.
 * @returns undefined for any other command
 */
export function jumpOfCommand(command: string): JumpPlace | undefined {
  const [program, ...words] = command.trim().split(/\s+/);
  let destination: string | undefined;
  let port: string | undefined;
  let forwards = false;
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    if (word === '-q') continue;
    if (word === '-W') forwards = /^"?\[?%h\]?:%p"?$/.test(words.shift() ?? '');
    else if (word === '-p') port = words.shift();
    else if (destination === undefined && /^[\w.][\w.@-]*$/.test(word)) destination = word;
    else return undefined;
  }
  if (program !== 'ssh' || !forwards || destination === undefined) return undefined;
  return parsePlace(port === undefined ? destination : `${destination}:${port}`);
}

function parsePlace(text: string): JumpPlace | undefined {
  const address = /^ssh:\/\/([^/?#]*)\/?$/i.exec(text)?.[1] ?? text;
  const at = address.lastIndexOf('@');
  const user = at < 0 ? undefined : address.slice(0, at);
  const [, bracketed, plain, digits] =
    /^(?:\[([^\]]+)\]|([^:[\]\s]+))(?::(\d{1,5}))?$/.exec(address.slice(at + 1)) ?? [];
  const host = bracketed ?? plain;
  const port = digits === undefined ? undefined : Number(digits);
  if (!host || user === '' || port === 0 || (port ?? 1) > 65_535) return undefined;
  return { ...(user !== undefined && { user }), host, ...(port !== undefined && { port }) };
}
