/** Connects an account to a cloud: which one, the form it asks for, and its secrets. */
import { NativeSelect } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useConnectableClouds } from '../client/queries.ts';
import { useView } from '../shell/view-context.ts';
import { Dialog } from '../ui/dialog.tsx';
import { DialogButtons } from '../ui/dialog-buttons.tsx';
import { FailureNote } from '../ui/failure-note.tsx';
import { useWord } from '../ui/texts.ts';
import { ConnectFields } from './connect-fields.tsx';
import { type ConnectDraft, emptyConnectDraft, missingFields } from './connect-form.ts';
import { useConnect } from './use-connect.ts';

export function ConnectDialog() {
  const { useConnectFlow } = useView();
  const isOpen = useConnectFlow((flow) => flow.isOpen);
  const close = useConnectFlow((flow) => flow.close);
  return isOpen ? <ConnectForm onClose={close} /> : null;
}

function ConnectForm({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation('accounts');
  const word = useWord();
  const { data: clouds, error, refetch } = useConnectableClouds();
  const [chosen, setChosen] = useState<string>();
  /** Per cloud: looking at another one loses nothing. */
  const [drafts, setDrafts] = useState<Readonly<Record<string, ConnectDraft>>>({});
  const [tried, setTried] = useState(false);
  const connecting = useConnect(onClose);
  const cloud = clouds?.find(({ id }) => id === chosen) ?? clouds?.[0];
  const draft = cloud && (drafts[cloud.id] ?? emptyConnectDraft(cloud));

  const submit = () => {
    setTried(true);
    if (cloud && draft && missingFields(cloud, draft).length === 0) {
      connecting.connect(cloud.id, draft);
    }
  };

  return (
    <Dialog
      title={t('connect.title')}
      subtitle={t('connect.what')}
      onClose={onClose}
      onSubmit={submit}
      footer={
        <DialogButtons
          submitLabel={t('connect.submit')}
          busy={connecting.busy}
          disabled={!cloud}
          onCancel={onClose}
        />
      }
    >
      {error && <FailureNote failure={error} onRetry={() => void refetch()} />}
      {clouds && (
        <NativeSelect
          size="xs"
          label={t('connect.cloud')}
          value={cloud?.id ?? ''}
          data={clouds.map(({ id }) => ({ value: id, label: word(`accounts:clouds.${id}`, id) }))}
          onChange={({ currentTarget }) => setChosen(currentTarget.value)}
        />
      )}
      {cloud && draft && (
        <ConnectFields
          key={cloud.id}
          cloud={cloud}
          draft={draft}
          missing={tried ? missingFields(cloud, draft) : []}
          onChange={(next) => setDrafts((others) => ({ ...others, [cloud.id]: next }))}
        />
      )}
      {connecting.failure && <FailureNote failure={connecting.failure} />}
    </Dialog>
  );
}
