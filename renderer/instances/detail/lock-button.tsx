/** The operator's own safety net: a locked instance is not released, stopped or deleted from here. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CloudError } from '../../../preload/contract/errors.ts';
import type { Instance } from '../../../preload/contract/instances.ts';
import { useClient } from '../../client/context.ts';
import { useView } from '../../shell/view-context.ts';
import { Button } from '../../ui/button.tsx';
import { LockedIcon, UnlockedIcon } from '../../ui/icons.tsx';

export function LockButton({ instance }: { readonly instance: Instance }) {
  const { key } = instance;
  const locked = instance.locked === true;
  const { t } = useTranslation('instances');
  const client = useClient();
  const { useToasts } = useView();
  const [busy, setBusy] = useState(false);
  const toggle = async () => {
    setBusy(true);
    try {
      await client.call('instances.setLock', { key, locked: !locked });
    } catch (failure) {
      const title = t('lock.failed');
      useToasts.getState().say({ kind: 'failed', title, failure: failure as CloudError });
    } finally {
      setBusy(false);
    }
  };
  return (
    <Button
      look={locked ? 'plain' : 'quiet'}
      size="row"
      square
      busy={busy}
      aria-pressed={locked}
      aria-label={t(locked ? 'lock.off' : 'lock.on')}
      title={t(locked ? 'lock.isOn' : 'lock.on')}
      onClick={() => void toggle()}
    >
      {locked ? <LockedIcon size={14} /> : <UnlockedIcon size={14} />}
    </Button>
  );
}
