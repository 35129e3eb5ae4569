/** Calls on transfers. */
import { refusal } from '../../../preload/contract/errors.ts';
import type { Handlers } from '../../core/router.ts';

type TransferHandlers = Pick<
  Handlers,
  | 'files.transfers'
  | 'files.upload'
  | 'files.announce'
  | 'files.nextToSend'
  | 'files.sendFile'
  | 'files.download'
  | 'files.items'
  | 'files.receiveFile'
  | 'files.pause'
  | 'files.resume'
  | 'files.cancel'
  | 'files.resolve'
  | 'files.dismiss'
>;

export interface Transfers {
  readonly handlers: TransferHandlers;
  close(): void;
}

export function createTransfers(): Transfers {
  const gone = () => {
    throw refusal('not-found', 'transfer-gone');
  };
  return {
    handlers: {
      'files.transfers': () => ({ revision: 0, items: [] }),
      'files.upload': gone,
      'files.announce': gone,
      'files.nextToSend': gone,
      'files.sendFile': gone,
      'files.download': gone,
      'files.items': gone,
      'files.receiveFile': gone,
      'files.pause': gone,
      'files.resume': gone,
      'files.cancel': gone,
      'files.resolve': gone,
      'files.dismiss': gone,
    },
    close() {},
  };
}
