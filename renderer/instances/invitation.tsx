/** A quiet line over a fleet that is all simulated: what it is, and how to begin for real. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStores } from '../client/context.ts';
import { useView } from '../shell/view-context.ts';
import { useConfigHosts } from '../ssh/queries.ts';
import { Button } from '../ui/button.tsx';
import { CloseIcon, InfoIcon } from '../ui/icons.tsx';
import { createRemembered } from '../ui/remembered.ts';
import classes from './invitation.module.css';
import type { AddServersDraft } from './servers/add-servers-wizard.tsx';
import { useOffers } from './use-offers.ts';

const dismissed = createRemembered('invitation-dismissed', false, (stored) =>
  stored === true ? true : undefined,
);

const addAction = 'add-servers';

export function Invitation() {
  const [isDismissed, setDismissed] = useState(() => dismissed.read());
  const accounts = useStores().accounts(({ byKey }) => byKey);
  const isSimulated = useStores().instances(
    ({ items }) =>
      items.length > 0 && items.every(({ account }) => accounts.get(account)?.simulated),
  );
  const isAlone = [...accounts.values()].every(({ connected }) => !connected);
  if (isDismissed || !isSimulated || !isAlone) return null;
  return (
    <Words
      onDismiss={() => {
        dismissed.write(true);
        setDismissed(true);
      }}
    />
  );
}

function Words({ onDismiss }: { readonly onDismiss: () => void }) {
  const { t } = useTranslation('instances');
  const { useActionFlow, useConnectFlow } = useView();
  const connect = useConnectFlow((flow) => flow.open);
  const accounts = useStores().accounts(({ items }) => items);
  const offers = useOffers();
  const hasConfigHosts = useConfigHosts().data?.hosts.some(({ usable }) => usable) ?? false;
  const add = accounts
    .flatMap((account) => offers.ofAccount(account))
    .find(({ description }) => description.id === addAction);
  const begin = (draft: AddServersDraft) => {
    if (!add) return;
    const { account, description } = add;
    useActionFlow.getState().start({ account, description, draft });
  };
  return (
    <aside className={classes.invitation}>
      <InfoIcon size={15} />
      <p>
        <b>{t('invitation.simulated')}</b> {t('invitation.what')}
      </p>
      <Button size="row" onClick={connect}>
        {t('invitation.connect')}
      </Button>
      {add && (
        <Button size="row" onClick={() => begin({ servers: [] })}>
          {t('invitation.paste')}
        </Button>
      )}
      {add && hasConfigHosts && (
        <Button size="row" onClick={() => begin({ servers: [], fromConfig: true })}>
          {t('ssh:import.open')}
        </Button>
      )}
      <Button
        look="quiet"
        size="row"
        square
        aria-label={t('invitation.dismiss')}
        onClick={onDismiss}
      >
        <CloseIcon size={12} />
      </Button>
    </aside>
  );
}
