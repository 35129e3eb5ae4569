/** The head of the detail: name, state, what can be done, and what it costs. */
import { useTranslation } from 'react-i18next';
import type { Instance } from '../../../preload/contract/instances.ts';
import { useStores } from '../../client/context.ts';
import { Button } from '../../ui/button.tsx';
import { CloseIcon } from '../../ui/icons.tsx';
import { PlainText } from '../../ui/plain-text.tsx';
import { useFormats, useWord } from '../../ui/texts.ts';
import { useNow } from '../../ui/use-now.ts';
import { InstanceState } from '../instance-state.tsx';
import { OfferButtons } from '../offer-buttons.tsx';
import { useOfferTools } from '../offer-tools.ts';
import { inlineOffers, useOffers } from '../use-offers.ts';
import classes from './detail-head.module.css';
import { LockButton } from './lock-button.tsx';

interface DetailHeadProps {
  readonly instance: Instance;
  readonly onClose: () => void;
}

export function DetailHead({ instance, onClose }: DetailHeadProps) {
  const { t } = useTranslation('instances');
  const word = useWord();
  const tools = useOfferTools();
  const offers = useOffers().ofInstance(instance);
  const canBeLocked =
    instance.locked ||
    (instance.state.kind !== 'released' &&
      offers.some(({ description }) => description.endsInstance));
  return (
    <header className={classes.head}>
      <div className={classes.line}>
        <div className={classes.title}>
          <h2 className={classes.name}>
            <PlainText text={instance.name} />
          </h2>
          <InstanceState state={instance.state} word={word} />
        </div>
        {offers.length > 0 && (
          <div className={classes.actions}>
            <OfferButtons
              offers={offers}
              instance={instance}
              tools={tools}
              size="row"
              inline={inlineOffers(offers)}
            />
          </div>
        )}
        <div className={classes.corner}>
          {canBeLocked && <LockButton instance={instance} />}
          <Button look="quiet" size="row" square aria-label={t('closeDetail')} onClick={onClose}>
            <CloseIcon size={14} />
          </Button>
        </div>
      </div>
      <Summary instance={instance} />
    </header>
  );
}

/** Account · region · since when · price · so far. */
function Summary({ instance }: { readonly instance: Instance }) {
  const { t } = useTranslation('instances');
  const formats = useFormats();
  const now = useNow(10_000);
  const account = useStores().accounts(({ byKey }) => byKey.get(instance.account)?.name);
  const { region, since, cost } = instance;
  return (
    <p className={classes.summary}>
      <PlainText text={account ?? instance.account} />
      {region && <PlainText text={region} />}
      {since && (
        <span title={formats.dateTime(since)}>
          {t('since', { duration: formats.duration(now - Date.parse(since)) })}
        </span>
      )}
      {cost.perHour && <span>{t('common:perHour', { amount: formats.money(cost.perHour) })}</span>}
      {cost.accrued && (
        <span title={cost.estimate ? t('common:estimateWhy') : undefined}>
          {cost.estimate && '≈ '}
          {t('soFar', { amount: formats.money(cost.accrued) })}
        </span>
      )}
    </p>
  );
}
