/** What a server's refusal means, in a rule with the path it is about. */
import { CloudError, refusal } from '../../../preload/contract/errors.ts';
import { plainWords } from '../../core/plain-words.ts';

const longestDetail = 200;

export const status = {
  ok: 0,
  endOfFile: 1,
  noSuchFile: 2,
  permissionDenied: 3,
  failure: 4,
  unsupported: 8,
} as const;

/** A refusal by the server itself, its number kept for those who can say more. */
export class SftpRefusal extends CloudError {
  readonly status: number;

  constructor(code: CloudError['code'], id: string, path: string, status: number, said: string) {
    const detail = plainWords(said, longestDetail) || `status ${status}`;
    super(code, `${detail}: ${path}`, { rule: { id, params: { path, detail } } });
    this.status = status;
  }
}

/** @param said the server's own words: hostile text */
export function sftpRefusal(number: number, said: string, path: string): SftpRefusal {
  switch (number) {
    case status.noSuchFile:
      return new SftpRefusal('not-found', 'file-missing', path, number, said);
    case status.permissionDenied:
      return new SftpRefusal('forbidden', 'file-permission', path, number, said);
    case status.unsupported:
      return new SftpRefusal('unsupported', 'file-operation-unsupported', path, number, said);
    default:
      return new SftpRefusal('conflict', 'file-refused', path, number, said);
  }
}

export const isRefused = (error: unknown, number: number): boolean =>
  error instanceof SftpRefusal && error.status === number;

/** What may be told: a refusal as it is, everything else as a bug. */
export const toCloudError = (error: unknown): CloudError =>
  error instanceof CloudError
    ? error
    : new CloudError('internal', error instanceof Error ? error.message : String(error));

/** The far side broke the protocol, closed, or does not answer: another channel may do better. */
export const brokenChannel = (
  id: 'sftp-broken' | 'sftp-closed' | 'sftp-silent',
  detail = '',
): CloudError =>
  refusal(id === 'sftp-silent' ? 'timeout' : 'network', id, {
    detail: plainWords(detail, longestDetail),
  });

/** No channel will ever do better. */
export const noSftp = (id: 'no-sftp' | 'sftp-noise'): CloudError => refusal('unsupported', id);
