/** Own servers: a cloud without an API. What the operator wrote down, and whether SSH answers there. */
import type { BillingLine, State } from '../../../preload/contract/instances.ts';
import { type Money, priceForDuration, sumMoney } from '../../../preload/contract/money.ts';
import type { Clock } from '../../core/clock.ts';
import type {
  Cloud,
  CloudContext,
  CloudInstance,
  CloudKind,
  SshAccess,
  SshLogin,
} from '../cloud.ts';
import { accountActions, instanceActions } from './actions.ts';
import { type ServerProfile, secretIds } from './profile.ts';
import type { Reach } from './reach.ts';
import { createServerBook, hostKeyName, type ServerBook } from './server-book.ts';

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

function createCloud({ account, clock }: CloudContext, book: ServerBook): Cloud {
  return {
    check: async () => {},
    readEveryMs: 120_000,
    probe: (signal) => book.checkAll(signal),
    listInstances: async () =>
      book.list().map((server) => toInstance(server, book.reachOf(server.id), clock)),
    parts: {
      access: { access: async (id) => toAccess(account, book.get(id)) },
      config: {
        facts: async (id) => {
          const server = book.get(id);
          return [
            { label: 'host', value: server.host },
            { label: 'port', value: String(server.port) },
            { label: 'user', value: server.user },
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

/** What a server is, seen from outside: it answers, it does not, or nobody looked yet. */
function stateOf(reach: Reach | undefined): State {
  if (!reach) return { kind: 'unknown', word: 'not-checked', transient: false, billed: 'full' };
  return reach.kind === 'reachable'
    ? { kind: 'running', word: 'reachable', transient: false, billed: 'full' }
    : { kind: 'unknown', word: 'unreachable', transient: false, billed: 'full' };
}

function toInstance(server: ServerProfile, reach: Reach | undefined, clock: Clock): CloudInstance {
  const perHour = server.prices.at(-1)?.perHour ?? undefined;
  const accrued = sumMoney(billingLines(server, clock).map(({ amount }) => amount)).find(
    ({ currency }) => currency === perHour?.currency,
  );
  return {
    id: server.id,
    name: server.name,
    state: stateOf(reach),
    tags: server.tags,
    ssh: { host: server.host, port: server.port, user: server.user },
    since: server.addedAt,
    cost: { estimate: true, ...(perHour && { perHour }), ...(accrued && { accrued }) },
  };
}

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

function toAccess(account: string, server: ServerProfile): SshAccess {
  return {
    host: server.host,
    port: server.port,
    user: server.user,
    hostKeyName: hostKeyName(server),
    publishedHostKeys: [],
    login: toLogin(account, server),
  };
}

function toLogin(account: string, { id, login }: ServerProfile): SshLogin {
  const ids = secretIds(account, id);
  switch (login.kind) {
    case 'agent':
      return { kind: 'agent' };
    case 'automatic':
    case 'password':
      return { kind: login.kind, passwordId: ids.password };
    case 'key':
      return { kind: 'key', keyName: login.keyName, passphraseId: ids.passphrase };
    case 'stored-key':
      return { kind: 'stored-key', keyId: ids.privateKey, passphraseId: ids.passphrase };
  }
}
