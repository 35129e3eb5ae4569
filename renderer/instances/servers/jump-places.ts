/** Machines on the way to a server as one line of text, the way ProxyJump has them: `ops@bastion:2222, gateway`. */

/** Without a user it is the server's own. */
export interface JumpPlace {
  readonly host: string;
  readonly port: number;
  readonly user?: string;
}

const usualPort = 22;
const highestPort = 65_535;
const mostPlaces = 8;

/** First hop first; undefined when some of it is no place. */
export function readJumpPlaces(text: string): readonly JumpPlace[] | undefined {
  const parts = text
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean);
  const places = parts.flatMap((part) => readPlace(part) ?? []);
  return places.length === parts.length && places.length <= mostPlaces ? places : undefined;
}

function readPlace(text: string): JumpPlace | undefined {
  const match =
    /^(?:(?<user>[^\s@:-][^\s@:]*)@)?(?:\[(?<ipv6>[\da-f:.]+)\]|(?<host>[^\s@:[\]/-][^\s@:[\]/]*))(?::(?<port>\d{1,5}))?$/i.exec(
      text,
    );
  if (!match?.groups) return undefined;
  const { user, ipv6 = '', host = ipv6, port = String(usualPort) } = match.groups;
  const number = Number(port);
  if (number < 1 || number > highestPort) return undefined;
  return { host, port: number, ...(user && { user }) };
}

export function jumpPlacesText(places: readonly JumpPlace[]): string {
  return places
    .map(({ host, port, user }) => {
      const bracketed = host.includes(':') ? `[${host}]` : host;
      return `${user ? `${user}@` : ''}${bracketed}${port === usualPort ? '' : `:${port}`}`;
    })
    .join(', ');
}
