/** The wire of Glows.ai: authentication, paging, and a code that is checked in every answer. */
import { z } from 'zod';
import { CloudError, type ErrorCode } from '../../../preload/contract/errors.ts';
import type { Http, HttpRequest } from '../http.ts';
import {
  type CreateRequest,
  capabilitiesAnswer,
  envelopeSchema,
  type GlowsInstance,
  type GlowsSnapshot,
  instanceAnswer,
  instanceListAnswer,
  nothingAnswer,
  snapshotListAnswer,
} from './answers.ts';
import {
  billingAnswer,
  dataDrivesAnswer,
  imagesAnswer,
  meshAnswer,
  metricsAnswer,
  portsAnswer,
  specsAnswer,
  storageAnswer,
} from './extension-answers.ts';

export interface GlowsClient {
  /** Names of the extension endpoints; none at the real Glows.ai. */
  capabilities(signal: AbortSignal): Promise<ReadonlySet<string>>;
  listInstances(signal: AbortSignal): Promise<readonly GlowsInstance[]>;
  /** @returns undefined when the account has no such instance any more */
  getInstance(id: string, signal: AbortSignal): Promise<GlowsInstance | undefined>;
  /** @returns undefined when there is none */
  findByMetaKey(metaKey: string, signal: AbortSignal): Promise<GlowsInstance | undefined>;
  createInstance(request: CreateRequest, signal: AbortSignal): Promise<GlowsInstance>;
  releaseInstance(id: string, signal: AbortSignal): Promise<void>;
  /** @param autoRelease only where the capability `auto-release` is announced */
  takeSnapshot(id: string, name: string, autoRelease: boolean, signal: AbortSignal): Promise<void>;
  listSnapshots(signal: AbortSignal): Promise<readonly GlowsSnapshot[]>;
  ports(instance: string, signal: AbortSignal): Promise<z.infer<typeof portsAnswer>>;
  metrics(
    instance: string,
    fromMs: number,
    toMs: number,
    signal: AbortSignal,
  ): Promise<z.infer<typeof metricsAnswer>>;
  billing(instance: string, signal: AbortSignal): Promise<z.infer<typeof billingAnswer>>;
  storage(signal: AbortSignal): Promise<z.infer<typeof storageAnswer>>;
  mesh(signal: AbortSignal): Promise<z.infer<typeof meshAnswer>>;
  images(signal: AbortSignal): Promise<z.infer<typeof imagesAnswer>>;
  specs(signal: AbortSignal): Promise<z.infer<typeof specsAnswer>>;
  dataDrives(signal: AbortSignal): Promise<z.infer<typeof dataDrivesAnswer>>;
  /** A change of an extension endpoint; never sent twice. */
  change(
    method: 'POST' | 'PUT' | 'PATCH',
    path: string,
    body: Readonly<Record<string, unknown>>,
    signal: AbortSignal,
  ): Promise<void>;
  remove(
    path: string,
    query: Readonly<Record<string, string | number>>,
    signal: AbortSignal,
  ): Promise<void>;
}

/** The client once it can be had: the sandbox has none before it has started. */
export type ReadyClient = () => Promise<GlowsClient>;

/** A bad or expired token is HTTP 200 with this code (seen at a third party; not in the published list). */
const badToken = 176;
/** A firm no to what was asked, from somebody who knows who asks. */
const refusals: readonly ErrorCode[] = [
  'invalid',
  'forbidden',
  'not-found',
  'conflict',
  'unsupported',
];
const perPage = 50;
const maxSamples = 300;
/** More pages than this is an answer that never ends. */
const maxPages = 4000;

export function createGlowsClient(http: Http): GlowsClient {
  async function ask<Answer>(schema: z.ZodType<Answer>, request: HttpRequest): Promise<Answer> {
    const { json } = await http.request(request);
    return readAnswer(schema, json, http.redact);
  }

  const read = <Answer>(
    schema: z.ZodType<Answer>,
    path: string,
    signal: AbortSignal,
    query: Readonly<Record<string, string | number>> = {},
  ) => ask(schema, { method: 'GET', path, query, signal });

  async function listInstances(signal: AbortSignal): Promise<readonly GlowsInstance[]> {
    const found = new Map<string, GlowsInstance>();
    for (let page = 1; page <= maxPages; page += 1) {
      const { instances, total } = await ask(instanceListAnswer, {
        method: 'GET',
        path: '/instance/list',
        query: { page, per_page: perPage },
        signal,
      });
      const before = found.size;
      // null is how an empty list is written in Go.
      for (const instance of instances ?? []) found.set(instance.instanceID, instance);
      const isLast = (instances ?? []).length < perPage;
      // A page without anything new: a cloud that knows no pages, or never ends.
      if (isLast || found.size === before || (total != null && found.size >= total)) break;
    }
    return [...found.values()];
  }

  return {
    async capabilities(signal) {
      try {
        const { capabilities } = await ask(capabilitiesAnswer, {
          method: 'GET',
          path: '/capabilities',
          signal,
        });
        return new Set(capabilities);
      } catch (error) {
        const { code } = error as CloudError;
        // However a server without this endpoint says no, it has no extensions.
        if (refusals.includes(code)) return new Set();
        throw error;
      }
    },

    listInstances,

    async getInstance(id, signal) {
      const query = { request_id: id };
      try {
        const answer = await ask(instanceAnswer, {
          method: 'GET',
          path: '/instance',
          query,
          signal,
        });
        return answer.instance;
      } catch (error) {
        const { code } = error as CloudError;
        if (code !== 'conflict' && code !== 'not-found') throw error;
        // The code for "no such instance" is not published: the list tells for sure.
        return (await listInstances(signal)).find(({ instanceID }) => instanceID === id);
      }
    },

    findByMetaKey: async (metaKey, signal) =>
      (await listInstances(signal)).find((instance) => instance.metaKey === metaKey),

    async createInstance(body, signal) {
      const path = '/instance';
      // The meta key makes it repeatable: the same key is the same instance.
      const request = { method: 'POST', path, body, repeatable: true, signal } as const;
      return (await ask(instanceAnswer, request)).instance;
    },

    async releaseInstance(id, signal) {
      const query = { request_id: id };
      await ask(nothingAnswer, { method: 'DELETE', path: '/instance', query, signal });
    },

    async takeSnapshot(id, name, autoRelease, signal) {
      const body = { instance_id: id, name, ...(autoRelease && { auto_release: true }) };
      await ask(nothingAnswer, { method: 'POST', path: '/snapshot', body, signal });
    },

    ports: (instance, signal) => read(portsAnswer, '/ext/ports', signal, { instance_id: instance }),
    metrics: (instance, fromMs, toMs, signal) =>
      read(metricsAnswer, '/ext/metrics', signal, {
        instance_id: instance,
        from: Math.round(fromMs),
        to: Math.round(toMs),
        step: Math.max(Math.ceil((toMs - fromMs) / maxSamples), 1000),
      }),
    billing: (instance, signal) =>
      read(billingAnswer, '/ext/billing', signal, { instance_id: instance }),
    storage: (signal) => read(storageAnswer, '/ext/storage', signal),
    mesh: (signal) => read(meshAnswer, '/ext/mesh', signal),
    images: (signal) => read(imagesAnswer, '/ext/images', signal),
    specs: (signal) => read(specsAnswer, '/spec/list', signal),
    dataDrives: (signal) => read(dataDrivesAnswer, '/ext/datadrives', signal),
    async change(method, path, body, signal) {
      await ask(nothingAnswer, { method, path, body, signal });
    },
    async remove(path, query, signal) {
      await ask(nothingAnswer, { method: 'DELETE', path, query, signal });
    },

    async listSnapshots(signal) {
      const path = '/ext/snapshot/list';
      return (await ask(snapshotListAnswer, { method: 'GET', path, signal })).snapshots ?? [];
    },
  };
}

/** @throws CloudError for any code but 0, for a missing code, and for a shape that cannot be read */
export function readAnswer<Answer>(
  schema: z.ZodType<Answer>,
  json: unknown,
  redact: (text: string) => string = (text) => text,
): Answer {
  const envelope = envelopeSchema.safeParse(json);
  if (!envelope.success) throw unreadable(z.prettifyError(envelope.error));
  const { code, msg } = envelope.data;
  if (code !== 0) throw refusedBy(code, redact(msg));
  const answer = schema.safeParse(json);
  if (!answer.success) throw unreadable(z.prettifyError(answer.error));
  return answer.data;
}

const unreadable = (detail: string) =>
  new CloudError('network', detail.slice(0, 300), { rule: { id: 'cloud-answer-unreadable' } });

/** Codes are published without meanings; only what is known is told apart. */
function refusedBy(code: number, message: string): CloudError {
  const kind: ErrorCode = code === badToken ? 'unauthenticated' : 'conflict';
  const id = code === badToken ? 'glows-not-signed-in' : 'glows-refused';
  const params = { code, message: message.slice(0, 300) };
  return new CloudError(kind, params.message, { rule: { id, params }, details: { code } });
}
