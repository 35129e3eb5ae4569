/** What the world asks of a guest: the machine inside a running instance. */
import type { FileTree } from '../guest/files/file-tree.ts';
import type { Observed } from './metrics.ts';

export interface GuestOptions {
  readonly id: string;
  readonly hostName: string;
  readonly user: 'root';
  readonly password: string;
  readonly hostKeyPem: string;
  /** Of this machine's loopback; 0 = any. */
  readonly sshPort: number;
  readonly httpPort: number;
  readonly notebookToken: string;
  readonly cpus: number;
  readonly memoryMb: number;
  readonly diskGb: number;
  readonly gpus: readonly { readonly name: string; readonly memoryMb: number }[];
  /** Without /datadrive; absent: a fresh image. */
  readonly files?: FileTree;
  readonly image: string;
  readonly datadrive?: { readonly files: FileTree; readonly readOnly: boolean };
  readonly environment: Readonly<Record<string, string>>;
  /** Sandbox time, in milliseconds since 1970. */
  now(): number;
  onFilesChanged(): void;
}

export interface Guest {
  readonly sshPort: number;
  readonly httpPort: number;
  readonly hostPublicKey: string;
  exportFiles(): Promise<{ root: FileTree; datadrive: FileTree | undefined }>;
  /** Of the root file system. */
  sizeBytes(): Promise<number>;
  metrics(): Observed;
  openConnections(): number;
  stop(): Promise<void>;
}

export type StartGuest = (options: GuestOptions) => Promise<Guest>;
