/** A program's wish to write the clipboard: a person's no holds from the moment it is said. */
import { expect, it, vi } from 'vitest';
import type { Client } from '../../renderer/client/client.ts';
import { createClipboardConsent } from '../../renderer/terminal/clipboard-consent.ts';
import { createDockStore } from '../../renderer/terminal/dock-store.ts';

it('does not ask again while a never is still on its way to be remembered', async () => {
  vi.stubGlobal('document', { hidden: false });
  const remembering = new Promise(() => {});
  const client = {
    call: async (name: string) =>
      name === 'ssh.options' ? { options: { clipboardWrite: 'ask' } } : remembering,
  } as unknown as Client;
  const dock = createDockStore();
  const consent = createClipboardConsent(client, dock);
  const remark = vi.fn();
  const asker = { id: 'one', instance: 'sandbox/ins-1', remark, wrote() {} };

  consent.asked({ kind: 'write', text: 'first' }, asker);
  await vi.waitFor(() => expect(dock.getState().clipboardQuestion?.text).toBe('first'));
  consent.answer('never');
  consent.asked({ kind: 'write', text: 'second' }, asker);
  await vi.waitFor(() => expect(remark).toHaveBeenCalledWith('clipboard-write-refused'));
  expect(dock.getState().clipboardQuestion).toBeUndefined();
});
