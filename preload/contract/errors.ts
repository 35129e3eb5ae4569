/** How a failure crosses the channel: a closed list of codes, and a rule to say in plain words. */

export type ErrorCode =
  | 'invalid'
  | 'unauthenticated'
  | 'forbidden'
  | 'not-found'
  | 'conflict'
  | 'quota'
  | 'rate-limited'
  | 'unsupported'
  | 'network'
  | 'timeout'
  | 'cancelled'
  | 'internal';

/** A text by its key in the language files, with what is to be put into it. */
export interface TextRef {
  readonly id: string;
  readonly params?: Readonly<Record<string, string | number>>;
}

/** A failure as JSON. `rule` is worded under `rules.<id>`; `message` is technical detail, shown verbatim and small. */
export interface Failure {
  readonly code: ErrorCode;
  readonly message: string;
  readonly retryable: boolean;
  readonly rule?: TextRef;
  readonly details?: Readonly<Record<string, string | number>>;
}

interface FailureOptions {
  readonly rule?: TextRef;
  readonly retryable?: boolean;
  readonly details?: Readonly<Record<string, string | number>>;
  readonly cause?: unknown;
}

const retryableCodes: readonly ErrorCode[] = ['rate-limited', 'network', 'timeout'];

/** The one error class that both ends throw and catch; screens switch on `code`, nobody parses `message`. */
export class CloudError extends Error {
  readonly code: ErrorCode;
  readonly retryable: boolean;
  readonly rule: TextRef | undefined;
  readonly details: Readonly<Record<string, string | number>> | undefined;

  constructor(code: ErrorCode, message: string, options: FailureOptions = {}) {
    super(message, { cause: options.cause });
    this.name = 'CloudError';
    this.code = code;
    this.retryable = options.retryable ?? retryableCodes.includes(code);
    this.rule = options.rule;
    this.details = options.details;
  }

  static from(failure: Failure): CloudError {
    return new CloudError(failure.code, failure.message, failure);
  }

  toFailure(): Failure {
    return {
      code: this.code,
      message: this.message,
      retryable: this.retryable,
      ...(this.rule && { rule: this.rule }),
      ...(this.details && { details: this.details }),
    };
  }
}

/** A refusal whose reason is a rule in the language files. */
export function refusal(
  code: ErrorCode,
  id: string,
  params: Readonly<Record<string, string | number>> = {},
): CloudError {
  return new CloudError(code, id, { rule: { id, params } });
}

/** Fails to compile where a union has a member that was not handled. */
export function assertNever(value: never): never {
  throw new Error(`unexpected value: ${JSON.stringify(value)}`);
}
