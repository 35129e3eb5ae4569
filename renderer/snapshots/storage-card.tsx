/** The storage of one account: how much of the quota is used, by what, and until when it is paid. */
import { useTranslation } from 'react-i18next';
import type { StorageUse } from '../../preload/contract/snapshots.ts';
import { PlainText } from '../ui/plain-text.tsx';
import { useFormats } from '../ui/texts.ts';
import classes from './storage-card.module.css';
import { biggestFirst, storageShares } from './storage-shares.ts';

interface StorageCardProps {
  readonly accountName: string;
  readonly storage: StorageUse;
}

export function StorageCard({ accountName, storage }: StorageCardProps) {
  const { t } = useTranslation('snapshots');
  const formats = useFormats();
  const { quotaBytes, usedBytes, expiresAt, items } = storage;
  const shares = storageShares(storage);
  const isFull = usedBytes >= quotaBytes;
  const using = t('storage.using', {
    used: formats.binaryBytes(usedBytes),
    quota: formats.binaryBytes(quotaBytes),
  });
  return (
    <section className={classes.card} aria-label={t('storage.of', { account: accountName })}>
      <header>
        <h2>{t('storage.title')}</h2>
        <PlainText text={accountName} soft />
        <p data-full={isFull || undefined}>
          <b>{using}</b> ·{' '}
          {isFull
            ? t('storage.full')
            : t('storage.free', { free: formats.binaryBytes(quotaBytes - usedBytes) })}
        </p>
      </header>
      <div className={classes.bar} role="img" aria-label={using}>
        {shares.map(({ kind, share }) => (
          <span key={kind} data-kind={kind} style={{ width: `${share * 100}%` }} />
        ))}
      </div>
      <footer>
        <ul className={classes.legend}>
          {shares.map(({ kind, sizeBytes }) => (
            <li key={kind}>
              <span className={classes.swatch} data-kind={kind} aria-hidden />
              {t(`storage.kinds.${kind}`)} <b>{formats.binaryBytes(sizeBytes)}</b>
            </li>
          ))}
        </ul>
        {expiresAt && <p>{t('storage.expires', { at: formats.dateTime(expiresAt) })}</p>}
      </footer>
      {items.length > 0 && (
        <details className={classes.details}>
          <summary>{t('storage.whatUses', { count: items.length })}</summary>
          <ul>
            {biggestFirst(items).map(({ kind, name, sizeBytes }, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: items have no id, and names may repeat
              <li key={index}>
                <span className={classes.swatch} data-kind={kind} aria-hidden />
                <span className={classes.name}>
                  <PlainText text={name} />
                </span>
                <span>{t(`storage.kind.${kind}`)}</span>
                <b className={classes.size}>{formats.binaryBytes(sizeBytes)}</b>
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}
