/** HTTP to a cloud: a deadline, retries only where they are safe, bounded answers, and a redacted log for support. */
import { Agent, type Dispatcher, ProxyAgent, request } from 'undici';
import { CloudError, type ErrorCode } from '../../preload/contract/errors.ts';
import { type Clock, isoNow } from '../core/clock.ts';
import { withDeadline } from '../core/deadline.ts';
import type { Redactor } from '../core/log.ts';
import { pause } from '../core/pause.ts';

export interface HttpOptions {
  /** Such as `https://api.example/v1`; paths are put behind it. */
  readonly baseUrl: string;
  /** Node's own fetch does not look at HTTPS_PROXY; the account says its proxy here. */
  readonly proxyUrl?: string;
  /** A private certificate authority, PEM. */
  readonly caPem?: string;
  readonly clock: Clock;
  readonly redactor: Redactor;
  /** Headers of every request, such as Authorization; read anew each time. */
  headers(): Promise<Readonly<Record<string, string>>>;
}

export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number>>;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** True where doing it twice is doing it once: such requests are tried again. Reading always is. */
  readonly repeatable?: boolean;
  readonly signal: AbortSignal;
  /** For one attempt with its whole answer. Default 30 s. */
  readonly timeoutMs?: number;
}

/** The answer's JSON is `unknown`: the cloud's client validates it. */
export interface HttpAnswer {
  readonly status: number;
  readonly json: unknown;
}

/** For support: no header, no body, no value of the query. */
export interface HttpLogEntry {
  readonly at: string;
  readonly method: string;
  readonly path: string;
  readonly attempt: number;
  readonly durationMs: number;
  readonly outcome: string;
}

export interface Http {
  /** @throws CloudError; anything but a 2xx with readable JSON is one */
  request(request: HttpRequest): Promise<HttpAnswer>;
  /** Words of the cloud without the secrets this client sends, which a server may repeat. */
  redact(text: string): string;
  /** The newest 200 requests. */
  log(): readonly HttpLogEntry[];
  close(): Promise<void>;
}

const defaultTimeoutMs = 30_000;
const maxAttempts = 3;
const maxAnswerBytes = 16 * 1024 * 1024;
const maxLogEntries = 200;
const firstWaitMs = 500;
const longestWaitMs = 30_000;

export function createHttp(options: HttpOptions): Http {
  const dispatcher = createDispatcher(options);
  const entries: HttpLogEntry[] = [];

  async function once(asked: HttpRequest, attempt: number): Promise<HttpAnswer> {
    const started = options.clock.monotonic();
    const record = (outcome: string) => {
      const durationMs = Math.round(options.clock.monotonic() - started);
      const path = options.redactor.redact(asked.path);
      const { method } = asked;
      entries.push({ at: isoNow(options.clock), method, path, attempt, durationMs, outcome });
      if (entries.length > maxLogEntries) entries.shift();
    };
    try {
      const timeoutMs = asked.timeoutMs ?? defaultTimeoutMs;
      const answer = await withDeadline(asked.signal, timeoutMs, (signal) =>
        send(options, dispatcher, { ...asked, signal }),
      );
      record(String(answer.status));
      return answer;
    } catch (error) {
      const failure = asFailure(error, asked.signal);
      record(String(failure.details?.status ?? failure.code));
      throw failure;
    }
  }

  return {
    async request(asked) {
      const repeatable = asked.method === 'GET' || asked.repeatable === true;
      for (let attempt = 1; ; attempt += 1) {
        try {
          return await once(asked, attempt);
        } catch (error) {
          const failure = error as CloudError;
          if (!repeatable || !failure.retryable || attempt === maxAttempts) throw failure;
          const waitMs = Number(failure.details?.retryAfterMs ?? jitteredMs(attempt));
          await pause(Math.min(waitMs, longestWaitMs), asked.signal);
          if (asked.signal.aborted) throw new CloudError('cancelled', 'cancelled');
        }
      }
    },
    redact: options.redactor.redact,
    log: () => [...entries],
    close: () => dispatcher.close(),
  };
}

function createDispatcher({ proxyUrl, caPem }: HttpOptions): Dispatcher {
  const tls = caPem ? { ca: caPem } : {};
  return proxyUrl
    ? new ProxyAgent({ uri: proxyUrl, requestTls: tls })
    : new Agent({ connect: { ...tls, timeout: 10_000 } });
}

const jitteredMs = (attempt: number): number =>
  firstWaitMs * 2 ** attempt * (0.5 + Math.random() / 2);

async function send(
  options: HttpOptions,
  dispatcher: Dispatcher,
  asked: HttpRequest,
): Promise<HttpAnswer> {
  const url = new URL(options.baseUrl.replace(/\/$/, '') + asked.path);
  for (const [name, value] of Object.entries(asked.query ?? {})) {
    url.searchParams.set(name, String(value));
  }
  const { statusCode, headers, body } = await request(url, {
    dispatcher,
    method: asked.method,
    signal: asked.signal,
    headers: {
      accept: 'application/json',
      ...(asked.body !== undefined && { 'content-type': 'application/json' }),
      ...(await options.headers()),
    },
    ...(asked.body !== undefined && { body: JSON.stringify(asked.body) }),
  });
  const text = await readBounded(body);
  if (statusCode < 200 || statusCode > 299) {
    throw statusFailure(statusCode, text, headers['retry-after'], options);
  }
  return { status: statusCode, json: parseJson(text, statusCode, options.redactor) };
}

async function readBounded(body: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of body) {
    length += chunk.length;
    if (length > maxAnswerBytes) {
      const rule = { id: 'cloud-answer-too-large', params: { limit: maxAnswerBytes / 1024 ** 2 } };
      throw new CloudError('network', 'answer too large', { rule, retryable: false });
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parseJson(text: string, status: number, redactor: Redactor): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    throw new CloudError('network', `not JSON: ${excerpt(text, 100, redactor)}`, {
      rule: { id: 'cloud-answer-unreadable' },
      details: { status },
    });
  }
}

const codes: Readonly<Record<number, ErrorCode>> = {
  400: 'invalid',
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'not-found',
  408: 'timeout',
  409: 'conflict',
  422: 'invalid',
  429: 'rate-limited',
};

/** Redirects are not followed: they would take the credentials along. */
function statusFailure(
  status: number,
  text: string,
  retryAfter: string | string[] | undefined,
  { redactor, clock }: HttpOptions,
): CloudError {
  const code = codes[status] ?? (status >= 500 ? 'network' : 'unsupported');
  const waitMs = retryAfterMs(String(retryAfter ?? ''), clock);
  return new CloudError(code, excerpt(text, 300, redactor), {
    rule: { id: `cloud-status-${code}`, params: { status } },
    details: { status, ...(waitMs !== undefined && { retryAfterMs: waitMs }) },
  });
}

/** Redacted before it is cut: half a secret would not be known as one. */
const excerpt = (text: string, length: number, { redact }: Redactor): string =>
  redact(text.slice(0, 10 * length)).slice(0, length);

/** Seconds or a date (RFC 9110, section 10.2.3). */
function retryAfterMs(value: string, clock: Clock): number | undefined {
  if (/^\d{1,6}$/.test(value)) return Number(value) * 1000;
  const at = Date.parse(value);
  return Number.isNaN(at) ? undefined : Math.max(at - clock.now(), 0);
}

function asFailure(error: unknown, signal: AbortSignal): CloudError {
  if (error instanceof CloudError) return error;
  if (signal.aborted) return new CloudError('cancelled', 'cancelled');
  const { name, code, message } = error as Error & { code?: string };
  const late = name === 'TimeoutError' || /TIMEOUT/.test(code ?? '');
  return new CloudError(late ? 'timeout' : 'network', code ?? message, {
    rule: { id: late ? 'cloud-timeout' : 'cloud-unreachable', params: { code: code ?? name } },
    cause: error,
  });
}
