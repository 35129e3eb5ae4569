/** Glows.ai: one client, and the parts its API says it has. The sandbox speaks this dialect too. */
import { z } from 'zod';
import { detailTabs } from '../../../preload/contract/constants.ts';
import { refusal } from '../../../preload/contract/errors.ts';
import { createRedactor } from '../../core/log.ts';
import type { Cloud, CloudContext, CloudKind, CloudParts } from '../cloud.ts';
import { createHttp } from '../http.ts';
import { accountActions, instanceActions } from './actions.ts';
import type { GlowsInstance } from './answers.ts';
import { createGlowsClient, type GlowsClient, type ReadyClient } from './client.ts';
import { configFacts, hardwareFacts, toAccess, toInstance } from './instance.ts';
import { extensionParts } from './parts.ts';

/** What stands in the settings is no secret, and the token travels encrypted or not at all. */
const addressSchema = z
  .url({ protocol: /^https?$/, error: 'rule:address-invalid' })
  .refine((address) => !hasCredentials(address), { error: 'rule:address-with-credentials' });

const connectionSchema = z.strictObject({
  baseUrl: addressSchema
    .refine(isEncryptedOrHere, { error: 'rule:address-not-encrypted' })
    .default('https://a.glows.ai/sdk/v1'),
  proxyUrl: addressSchema.optional(),
});

/** Asked of what is no address too: zod goes on after a first refusal. */
function hasCredentials(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { username, password } = new URL(address);
  return username !== '' || password !== '';
}

function isEncryptedOrHere(address: string): boolean {
  if (!URL.canParse(address)) return true;
  const { protocol, hostname } = new URL(address);
  return protocol !== 'http:' || /^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);
}

export const glows: CloudKind = {
  id: 'glows',
  console: {
    url: 'https://glows.ai/',
    parts: ['ports', 'metrics', 'billing', 'snapshots', 'storage', 'groups'],
  },
  connection: { input: connectionSchema, secrets: ['token'] },
  create(context) {
    const client = lazyClient(context);
    const state: Told = { instances: new Map(), capabilities: new Set() };
    return {
      cloud: createCloud(context, client, state),
      accountActions: accountActions(context.account, client),
      instanceActions: instanceActions(client),
    };
  },
};

/** What the cloud told last. */
interface Told {
  instances: ReadonlyMap<string, GlowsInstance>;
  capabilities: ReadonlySet<string>;
}

/** Made at the first use, and anew when its address changed: the sandbox has none before it has started. */
function lazyClient(context: CloudContext): ReadyClient {
  let made: { readonly config: string; readonly client: GlowsClient } | undefined;
  return async () => {
    await context.ready();
    const { baseUrl, proxyUrl } = connectionSchema.parse(context.readConfig() ?? {});
    const config = JSON.stringify({ baseUrl, proxyUrl });
    if (made?.config === config) return made.client;
    const redactor = createRedactor();
    const http = createHttp({
      baseUrl,
      ...(proxyUrl && { proxyUrl }),
      clock: context.clock,
      redactor,
      headers: async () => {
        const token = await context.secret('token');
        if (!token) throw refusal('unauthenticated', 'secret-missing', { name: 'token' });
        redactor.learn(token);
        return { authorization: `Bearer ${token}` };
      },
    });
    made = { config, client: createGlowsClient(http) };
    return made.client;
  };
}

function createCloud(context: CloudContext, client: ReadyClient, told: Told): Cloud {
  const find = (id: string): GlowsInstance => {
    const instance = told.instances.get(id);
    if (!instance) throw refusal('not-found', 'instance-gone');
    return instance;
  };
  const ownParts: CloudParts = {
    access: { access: async (id) => toAccess(find(id)) },
    config: { facts: async (id) => configFacts(find(id)) },
    hardware: { facts: async (id) => hardwareFacts(find(id)) },
    password: { read: async (id) => find(id).sshCred?.password || undefined },
  };
  return {
    get readEveryMs() {
      const settling = [...told.instances.values()].some(
        (instance) => toInstance(instance, context.clock).state.transient,
      );
      return settling ? 3000 : 30_000;
    },
    async check(signal) {
      await (await client()).listInstances(signal);
    },
    async listInstances(signal) {
      const ready = await client();
      const [capabilities, instances] = await Promise.all([
        ready.capabilities(signal),
        ready.listInstances(signal),
      ]);
      told.capabilities = capabilities;
      told.instances = new Map(instances.map((instance) => [instance.instanceID, instance]));
      return instances.map((instance) => toInstance(instance, context.clock));
    },
    get parts() {
      return { ...ownParts, ...extensionParts(client, told.capabilities, context.clock) };
    },
    // In Snapshotting and Released only Config and Hardware are open (row A11).
    tabsIn: ({ kind }) => (kind === 'running' ? detailTabs : ['config', 'hardware']),
  };
}
