/** Things the operator must be told once, kept until dismissed. */
import { randomUUID } from 'node:crypto';
import type { Notice } from '../../preload/contract/app.ts';
import type { TextRef } from '../../preload/contract/errors.ts';
import { type Clock, isoNow } from './clock.ts';
import type { Events } from './events.ts';

export interface Notices {
  /** `text` is worded under `notices.<id>`. The same text is not added twice. */
  add(severity: Notice['severity'], text: TextRef): void;
  dismiss(id: string): void;
  list(): readonly Notice[];
}

export function createNotices(events: Events, clock: Clock): Notices {
  let notices: readonly Notice[] = [];
  const change = (next: readonly Notice[]) => {
    notices = next;
    events.emit('app.noticesChanged', notices);
  };
  return {
    add(severity, text) {
      const same = JSON.stringify(text);
      if (notices.some((notice) => JSON.stringify(notice.text) === same)) return;
      change([...notices, { id: randomUUID(), severity, text, at: isoNow(clock) }]);
    },
    dismiss: (id) => change(notices.filter((notice) => notice.id !== id)),
    list: () => notices,
  };
}
