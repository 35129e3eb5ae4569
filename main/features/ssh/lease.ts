/** A hold on a shared connection, and what it takes to make one. */
import type ssh2 from 'ssh2';
import type { CloudError } from '../../../preload/contract/errors.ts';
import type { PromptOwner } from '../../../preload/contract/prompts.ts';

export interface Lease {
  readonly client: ssh2.Client;
  /** Called once when the connection is lost; not after `release`. */
  onLost(handler: (failure: CloudError) => void): void;
  release(): void;
}

export interface LeaseRequest {
  readonly owner: PromptOwner;
  readonly interactive: boolean;
  readonly signal: AbortSignal;
  /** False for those who only use a connection that is there anyway; default true. */
  readonly keepsOpen?: boolean;
}

/** A connection that is up, and how its end is told. */
export interface Dialled {
  readonly client: ssh2.Client;
  /** @param error what ssh2 said before the end, if anything */
  whyLost(error: Error | undefined): CloudError;
  /** This machine's address it goes out from, where it is known. */
  readonly localAddress?: string;
}

export interface DialRequest extends LeaseRequest {
  /** Told when it begins to wait for the network alone, and when the server's first byte ends that. */
  readonly onWait?: (hangsOnNetwork: boolean) => void;
  /** Told of an attempt that ends without a word from the server to the secret it was given. */
  readonly onUnanswered?: () => void;
}

export type Dial = (request: DialRequest) => Promise<Dialled>;

/** Failures that time alone can mend; everything else waits for a person. */
export const isPassing = (failure: CloudError): boolean =>
  failure.code === 'network' || failure.code === 'timeout';
