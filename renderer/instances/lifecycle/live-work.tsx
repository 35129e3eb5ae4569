/** In a wizard: the terminals and tunnels open on the instance, and what will happen to them. */
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useStores } from '../../client/context.ts';
import { PlainText } from '../../ui/plain-text.tsx';
import classes from './lifecycle.module.css';
import { type LiveWorkItem, liveWorkOf } from './live-work-items.ts';

interface LiveWorkProps {
  readonly instanceKey: string;
  /** What becomes of it: waits and returns, waits and is closed, or is closed. */
  readonly fate: 'returns' | 'closes-after' | 'closes';
}

export function LiveWork({ instanceKey, fate }: LiveWorkProps) {
  const { t } = useTranslation('lifecycle');
  const stores = useStores();
  const terminals = stores.terminals(({ items }) => items);
  const tunnels = stores.tunnels(({ items }) => items);
  const work = useMemo(
    () => liveWorkOf(instanceKey, terminals, tunnels),
    [instanceKey, terminals, tunnels],
  );
  if (work.length === 0) return <p className={classes.soft}>{t('work.none')}</p>;
  return (
    <section className={classes.work} aria-label={t('work.title')}>
      <p>
        <b>{t('work.title')}</b>
      </p>
      <ul>
        {work.map((item) => (
          <li key={item.id}>
            <Item item={item} />
          </li>
        ))}
      </ul>
      <p className={classes.soft}>{t(`work.${fate}`)}</p>
    </section>
  );
}

function Item({ item }: { readonly item: LiveWorkItem }) {
  const { t } = useTranslation('lifecycle');
  return (
    <>
      <span className={classes.soft}>{t(`work.${item.kind}`)}</span>
      <PlainText text={item.text} mono={item.kind === 'tunnel'} />
    </>
  );
}
