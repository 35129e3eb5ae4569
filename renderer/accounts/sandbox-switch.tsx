/** Whether the simulated cloud is among the accounts; its world is kept either way. */
import { Switch } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CloudError } from '../../preload/contract/errors.ts';
import { useClient, useStores } from '../client/context.ts';
import { Setting } from '../settings/section.tsx';
import { FailureNote } from '../ui/failure-note.tsx';

export function SandboxSwitch() {
  const { t } = useTranslation('accounts');
  const client = useClient();
  const isOn = useStores().accounts(({ items }) => items.some(({ simulated }) => simulated));
  const [failure, setFailure] = useState<CloudError>();

  const turn = async (on: boolean) => {
    setFailure(undefined);
    try {
      await client.call('accounts.setSandbox', { on });
    } catch (error) {
      if (!(error instanceof CloudError)) throw error;
      setFailure(error);
    }
  };

  return (
    <>
      <Setting label={t('sandbox.title')} hint={t('sandbox.what')}>
        <Switch
          size="sm"
          aria-label={t('sandbox.title')}
          checked={isOn}
          onChange={({ currentTarget }) => void turn(currentTarget.checked)}
        />
      </Setting>
      {failure && <FailureNote failure={failure} />}
    </>
  );
}
