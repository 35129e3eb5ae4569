/** Own servers: a cloud without an API. What the operator wrote down, and whether SSH answers there. */
import { CloudError } from '../../../preload/contract/errors.ts';
import type { BillingLine, State } from '../../../preload/contract/instances.ts';
import { type Money, priceForDuration, sumMoney } from '../../../preload/contract/money.ts';
import type { Clock } from '../../core/clock.ts';
import type { Cloud, CloudContext, CloudInstance, CloudKind, SshAccess } from '../cloud.ts';
import { accountActions, instanceActions } from './actions.ts';
import { accessTo, isBehindAnother } from './place.ts';
import type { ServerProfile } from './profile.ts';
import type { Reach } from './reach.ts';
import { createServerBook, type ServerBook } from './server-book.ts';

export const servers: CloudKind = {
  id: 'servers',
  create(context) {
    const book = createServerBook(context);
    return {
      cloud: createCloud(context, book),
      accountActions: accountActions(book),
      instanceActions: instanceActions(book),
    };
  },
};

function createCloud(context: CloudContext, book: ServerBook): Cloud {
  const { account, clock, sshConfig } = context;
  const stateOf = (server: ServerProfile): State => {
    if (book.isEntered(server.id)) return reachable;
    const access = book.accessOf(server);
    const isBehind =
      !(access instanceof CloudError) && isBehindAnother(access, context.isPutBehind(server.id));
    return isBehind ? behindAnother : seenState(access, book.reachOf(server.id));
  };
  return {
    check: async () => {},
    readEveryMs: 120_000,
    keepsItsOwnList: true,
    probe: (signal) => book.checkAll(signal),
    listInstances: async () =>
      book
        .list()
        .map((server) => toInstance(server, book.accessOf(server), stateOf(server), clock)),
    parts: {
      access: {
        access: async (id) => accessTo(account, book.get(id), sshConfig),
        entered: (id, isIn) => book.setEntered(id, isIn),
      },
      config: {
        facts: async (id) => {
          const server = book.get(id);
          const access = book.accessOf(server);
          const { host, port, user } = access instanceof CloudError ? server : access;
          const jumps: readonly Place[] =
            (access instanceof CloudError ? server.jumps : access.jumps) ?? [];
          return [
            ...(server.configAlias ? [{ label: 'follows', value: server.configAlias }] : []),
            { label: 'host', value: host },
            { label: 'port', value: String(port) },
            { label: 'user', value: user },
            ...(jumps.length > 0
              ? [{ label: 'jumps', value: jumps.map(jumpText).join(', ') }]
              : []),
            { label: 'login', value: server.login.kind },
            ...(server.login.kind === 'key'
              ? [{ label: 'key-name', value: server.login.keyName }]
              : []),
            { label: 'added-at', value: server.addedAt },
          ];
        },
      },
      billing: { lines: async (id) => billingLines(book.get(id), clock) },
    },
  };
}

const unknown = { kind: 'unknown', transient: false, billed: 'full' } as const;
const reachable: State = { ...unknown, kind: 'running', word: 'reachable' };
const behindAnother: State = { ...unknown, word: 'behind-another' };

/** What a server is, seen from outside: it answers, it does not, nobody looked yet, or nobody can tell where it is. */
function seenState(access: SshAccess | CloudError, reach: Reach | undefined): State {
  if (access instanceof CloudError) {
    const isGone = access.code === 'not-found';
    return { ...unknown, word: isGone ? 'config-alias-gone' : 'config-alias-unusable' };
  }
  if (!reach) return { ...unknown, word: 'not-checked' };
  return reach.kind === 'reachable' ? reachable : { ...unknown, word: 'unreachable' };
}

function toInstance(
  server: ServerProfile,
  access: SshAccess | CloudError,
  state: State,
  clock: Clock,
): CloudInstance {
  const perHour = server.prices.at(-1)?.perHour ?? undefined;
  const accrued = sumMoney(billingLines(server, clock).map(({ amount }) => amount)).find(
    ({ currency }) => currency === perHour?.currency,
  );
  return {
    id: server.id,
    name: server.name,
    state,
    tags: server.tags,
    ...(!(access instanceof CloudError) && {
      ssh: { host: access.host, port: access.port, user: access.user },
    }),
    ...(server.configAlias && { follows: server.configAlias }),
    since: server.addedAt,
    cost: { estimate: true, ...(perHour && { perHour }), ...(accrued && { accrued }) },
  };
}

interface Place {
  readonly user?: string | undefined;
  readonly host: string;
  readonly port: number;
}

const jumpText = ({ user, host, port }: Place): string =>
  `${user ? `${user}@` : ''}${host.includes(':') ? `[${host}]` : host}:${port}`;

/** One line per stretch of time at one price, until now; stretches without a price have none. */
export function billingLines(
  { prices }: Pick<ServerProfile, 'prices'>,
  clock: Clock,
): readonly BillingLine[] {
  return prices.flatMap(({ from, perHour }, index) => {
    const to = prices[index + 1]?.from ?? new Date(clock.now()).toISOString();
    const durationMs = Date.parse(to) - Date.parse(from);
    return perHour && durationMs >= 0 ? [line(from, to, perHour, durationMs)] : [];
  });
}

const line = (from: string, to: string, perHour: Money, durationMs: number): BillingLine => ({
  from,
  to,
  perHour,
  amount: priceForDuration(perHour, durationMs),
  estimate: true,
});
