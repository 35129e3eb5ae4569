/** What a host lends the core: each thing is either there or absent, and the core says which. */
import type { Duplex } from 'node:stream';
import type { Clock } from '../core/clock.ts';

/** The operating system's keychain. */
export interface Keychain {
  /** The keychain's own name of its backend, such as `gnome_libsecret`. */
  readonly backend: string;
  /** @throws when the keychain is locked or refuses */
  seal(text: string): Promise<Uint8Array>;
  unseal(sealed: Uint8Array): Promise<string>;
}

/** Whether secrets can be sealed by the operating system, or the reason why not, as a key under `vault.reasons`. */
export type KeychainOffer =
  | { readonly kind: 'available'; readonly keychain: Keychain }
  | { readonly kind: 'unavailable'; readonly backend: string };

/** One JSON document, written atomically. electron-store or conf behind it. */
export interface SettingsStore {
  read(): unknown;
  write(document: Record<string, unknown>): void;
}

/** A program of ours that runs beside the application and ends with it. */
export interface ChildProcess {
  onLine(handler: (line: string) => void): void;
  /** A line on standard error. */
  onComplaint(handler: (line: string) => void): void;
  onExit(handler: () => void): void;
  stop(): void;
}

/** How the stream of a proxy command fails once the command has ended. */
export interface ProxyCommandEnd extends Error {
  /** The operating system's word when it could not be started, such as ENOENT. */
  readonly code?: string;
  /** Absent when a signal ended it. */
  readonly exitStatus?: number;
  /** The end of what it wrote to standard error; hostile text. */
  readonly said: string;
}

export interface Platform {
  readonly host: 'electron' | 'web';
  readonly version: string;
  readonly dataDirectory: string;
  readonly homeDirectory: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  keychain(): Promise<KeychainOffer>;
  /** Opens `<dataDirectory>/settings.json`. @throws when the file cannot be parsed */
  openSettings(): SettingsStore;
  /** Opens an already allowed address in the system's browser. Absent where the page's own browser does it. */
  readonly openExternal?: (url: string) => Promise<void>;
  /** Starts one of our own built entries; never anything else. Absent: there is no sandbox cloud. */
  readonly startProcess?: (entry: 'sandbox', args: readonly string[]) => ChildProcess;
  /**
   * Starts a program of the operator's own configuration, after consent, without a shell; its standard input and
   * output are the line. The stream ends the program when it is destroyed, and fails with a `ProxyCommandEnd` when
   * the program ends first.
   */
  readonly startProxyCommand?: (file: string, args: readonly string[]) => Duplex;
  /** The system's dialog for a folder to save in; undefined when it is called off. Absent where the page's own browser saves. */
  readonly chooseFolder?: () => Promise<string | undefined>;
  /** Whether any network but loopback is there. */
  isOnline(): boolean;
  /** Whether an IP address is this machine's own at this moment. */
  hasAddress(address: string): boolean;
  /** After the machine slept, with how long in milliseconds where known. */
  onResume(handler: () => void): void;
  /** After the machine's network addresses changed. */
  onNetworkChange(handler: () => void): void;
  /** Stops the watchers; the process may end. */
  close(): void;
}
