/** The connected accounts: how the last reading went, reading again, and what each offers. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../preload/contract/accounts.ts';
import { CloudError } from '../../preload/contract/errors.ts';
import { useClient, useStores } from '../client/context.ts';
import { OfferButtons } from '../instances/offer-buttons.tsx';
import { useOfferTools } from '../instances/offer-tools.ts';
import { useOffers } from '../instances/use-offers.ts';
import { Section } from '../settings/section.tsx';
import { useView } from '../shell/view-context.ts';
import { Button } from '../ui/button.tsx';
import { FailureNote } from '../ui/failure-note.tsx';
import { PlusIcon, RefreshIcon } from '../ui/icons.tsx';
import { PlainText } from '../ui/plain-text.tsx';
import { StateDot } from '../ui/state-dot.tsx';
import { useFormats } from '../ui/texts.ts';
import { accountMoods } from './account-moods.ts';
import { AccountPreferences } from './account-preferences.tsx';
import classes from './accounts-section.module.css';
import { DisconnectDialog } from './disconnect-dialog.tsx';
import { SandboxSwitch } from './sandbox-switch.tsx';

export function AccountsSection() {
  const { t } = useTranslation('accounts');
  const { look, items, failure } = useStores().accounts();
  const open = useView().useConnectFlow((flow) => flow.open);
  const connect = (
    <Button onClick={open}>
      <PlusIcon size={13} />
      {t('connect.open')}
    </Button>
  );
  return (
    <Section title={t('title')} tools={connect}>
      {look === 'loading' && <p className={classes.quiet}>{t('common:loading')}</p>}
      {look === 'failed' && failure && <FailureNote failure={failure} />}
      {items.map((account) => (
        <AccountLine key={account.id} account={account} />
      ))}
      {look === 'fresh' && (
        <div className={classes.sandbox}>
          <SandboxSwitch />
        </div>
      )}
    </Section>
  );
}

function AccountLine({ account }: { readonly account: Account }) {
  const { t } = useTranslation('accounts');
  const formats = useFormats();
  const offers = useOffers().ofAccount(account);
  const tools = useOfferTools();
  const refresh = useRefresh(account.id);
  const [disconnecting, setDisconnecting] = useState(false);
  const failure = refresh.failure ?? account.failure;
  return (
    <div className={classes.account}>
      <div className={classes.line}>
        <StateDot mood={accountMoods[account.reading]} />
        <div className={classes.words}>
          <PlainText text={account.name} strong />
          <p>
            {account.simulated && `${t('simulated')} · `}
            {t(`reading.${account.reading}`)}
            {account.lastReadAt && (
              <> · {t('lastRead', { at: formats.dateTime(account.lastReadAt) })}</>
            )}
          </p>
        </div>
        <Button onClick={refresh.start} busy={refresh.busy}>
          {!refresh.busy && <RefreshIcon size={14} />}
          {t('refresh')}
        </Button>
        <OfferButtons offers={offers} tools={tools} size="normal" inline={1} look="plain" />
        {account.connected && (
          <Button look="danger" onClick={() => setDisconnecting(true)}>
            {t('disconnect.open')}
          </Button>
        )}
      </div>
      <AccountPreferences account={account} />
      {failure && <FailureNote failure={failure} onRetry={refresh.start} />}
      {disconnecting && (
        <DisconnectDialog account={account} onClose={() => setDisconnecting(false)} />
      )}
    </div>
  );
}

function useRefresh(account: string) {
  const client = useClient();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<CloudError>();
  const read = async () => {
    setBusy(true);
    setFailure(undefined);
    try {
      await client.call('accounts.refresh', { account });
    } catch (error) {
      if (!(error instanceof CloudError)) throw error;
      setFailure(error);
    }
    setBusy(false);
  };
  return { busy, failure, start: () => void read() };
}
