/** In a wizard: how much of the personal storage is used, and whether the snapshot fits. */
import { useTranslation } from 'react-i18next';
import { FailureNote } from '../../ui/failure-note.tsx';
import { useFormats } from '../../ui/texts.ts';
import classes from './lifecycle.module.css';
import type { StorageReading } from './use-storage.ts';

export function StorageNote({ storage }: { readonly storage: StorageReading }) {
  const { t } = useTranslation('lifecycle');
  const formats = useFormats();
  if (storage.kind === 'reading') return <p className={classes.soft}>{t('storage.reading')}</p>;
  if (storage.kind === 'not-told') return <p className={classes.soft}>{t('storage.notTold')}</p>;
  if (storage.kind === 'failed') {
    return <FailureNote failure={storage.failure} onRetry={storage.retry} />;
  }
  const { room, diskUsedBytes } = storage;
  const { usedBytes, quotaBytes, freeBytes, verdict } = room;
  const share = quotaBytes > 0 ? Math.min(1, usedBytes / quotaBytes) : 1;
  const used = formats.binaryBytes(usedBytes);
  const quota = formats.binaryBytes(quotaBytes);
  return (
    <section className={classes.storage} data-verdict={verdict} aria-label={t('storage.title')}>
      <p>
        <b className={classes.grow}>{t('storage.title')}</b>
        <span className="figures">
          {t('storage.using', { used, quota, free: formats.binaryBytes(freeBytes) })}
        </span>
      </p>
      <span className={classes.storageBar} aria-hidden>
        <span style={{ width: `${share * 100}%` }} />
      </span>
      {diskUsedBytes !== undefined && (
        <p className={classes.soft}>
          {t('storage.disk', { used: formats.binaryBytes(diskUsedBytes) })}
        </p>
      )}
      {verdict !== 'enough' && <p role="alert">{t(`storage.${verdict}`)}</p>}
    </section>
  );
}
