/** The operating system's network errors as failures with a rule an operator understands. */
import { CloudError } from '../../../preload/contract/errors.ts';

const rules: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'reach-refused',
  ENOTFOUND: 'reach-name-unknown',
  EAI_AGAIN: 'reach-name-unknown',
  ETIMEDOUT: 'reach-timed-out',
  ECONNRESET: 'reach-closed',
  EPIPE: 'reach-closed',
  EHOSTUNREACH: 'reach-no-route',
  ENETUNREACH: 'reach-no-route',
  ENETDOWN: 'reach-no-route',
};

export function networkFailure(
  error: Error,
  errorCode: string | undefined,
  host: string,
  port: number,
): CloudError {
  const code = errorCode ?? error.message.slice(0, 100);
  const id = rules[code] ?? 'reach-failed';
  return new CloudError('network', `${code} ${host}:${port}`, {
    rule: { id, params: { host, port, code } },
    cause: error,
  });
}
