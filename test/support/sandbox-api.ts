/** Speaks to a sandbox as any HTTP client would. */

export interface SandboxApi {
  /** The answer's body; whatever its code. */
  call(method: string, path: string, body?: unknown): Promise<Record<string, unknown>>;
  /** @throws unless the code is 0 */
  done<Body>(method: string, path: string, body?: unknown): Promise<Body>;
  raw(method: string, path: string, body?: unknown, headers?: HeadersInit): Promise<Response>;
  /** Faults, credit, the clock. */
  control(lever: 'faults' | 'credit' | 'clock', body: unknown): Promise<void>;
}

export interface ApiInstance {
  readonly instanceID: string;
  readonly status: string;
  readonly remark: string;
  readonly metaKey: string;
  readonly regionName: string;
  readonly priceCent: number;
  readonly accruedMilli: number;
  readonly snapshotProgress: number;
  readonly hostKeys: readonly string[];
  readonly sshCred: { readonly user: string; readonly password: string };
  readonly accesses: readonly { protocol: string; listenPort: number; url: string }[];
}

export function createSandboxApi(url: string, token: string): SandboxApi {
  const raw: SandboxApi['raw'] = (method, path, body, headers = {}) =>
    fetch(`${url}${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, ...headers },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
  const call: SandboxApi['call'] = async (method, path, body) => {
    const response = await raw(method, `/sdk/v1${path}`, body);
    return (await response.json()) as Record<string, unknown>;
  };
  return {
    raw,
    call,
    async done<Body>(method: string, path: string, body?: unknown) {
      const answer = await call(method, path, body);
      if (answer.code !== 0) throw new Error(`${method} ${path}: ${answer.code} ${answer.msg}`);
      return answer as Body;
    },
    async control(lever, body) {
      const response = await raw('POST', `/sandbox/${lever}`, body);
      if (!response.ok) throw new Error(`${lever}: ${await response.text()}`);
    },
  };
}
