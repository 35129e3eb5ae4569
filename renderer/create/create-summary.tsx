/** What is being ordered and what an hour of it costs, beside the form. */
import { useTranslation } from 'react-i18next';
import { useSnapshots } from '../client/queries.ts';
import { PlainText } from '../ui/plain-text.tsx';
import { useFormats } from '../ui/texts.ts';
import { chosenDrive, chosenSpec, priceOf } from './create-draft.ts';
import classes from './create-summary.module.css';
import type { SectionProps } from './section.tsx';

export function CreateSummary({ draft, catalogue }: SectionProps) {
  const { t } = useTranslation('create');
  const formats = useFormats();
  const spec = chosenSpec(draft, catalogue.hardware.data ?? []);
  const drive = chosenDrive(draft, catalogue.drives.data ?? []);
  const access = draft.driveReadOnly ? t('drive.readOnly') : t('drive.readWrite');
  const lines: readonly (readonly [string, string])[] = [
    [t('summary.source'), useSourceName({ draft, catalogue })],
    [t('summary.hardware'), spec?.name ?? draft.hardware],
    [t('summary.region'), draft.region],
    [t('summary.ordered'), formats.count(draft.units)],
    [t('summary.drive'), drive ? `/datadrive · ${access}` : t('drive.without')],
    [t('summary.name'), draft.name],
  ];
  return (
    <aside className={classes.summary} aria-label={t('summary.title')}>
      <h3>{t('summary.title')}</h3>
      <dl>
        {lines.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value === '' ? '–' : <PlainText text={value} />}</dd>
          </div>
        ))}
      </dl>
      <div className={classes.price}>
        {spec ? (
          <>
            <span>{t('summary.price')}</span>
            <b>{t('common:perHour', { amount: formats.money(priceOf(spec, draft.units)) })}</b>
            {draft.units > 1 && (
              <small>
                {t('summary.sum', { units: draft.units, price: formats.money(spec.perHour) })}
              </small>
            )}
            <small>{t('summary.billedWhile')}</small>
          </>
        ) : (
          <small>{catalogue.isOffered ? t('summary.chooseFirst') : t('summary.noPrice')}</small>
        )}
      </div>
    </aside>
  );
}

/** The name of what was chosen; typed by hand, its id is all there is. */
function useSourceName({ draft, catalogue }: Pick<SectionProps, 'draft' | 'catalogue'>): string {
  const { source, imageId, snapshotId } = draft;
  const snapshots = useSnapshots(source === 'snapshot').data?.snapshots ?? [];
  return source === 'image'
    ? (catalogue.images.data?.find(({ id }) => id === imageId)?.name ?? imageId)
    : (snapshots.find(({ id }) => id === snapshotId)?.name ?? snapshotId);
}
