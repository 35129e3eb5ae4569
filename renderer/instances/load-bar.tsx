/** The latest load as a bar and a figure: of the GPU where there is one, else of the processor. */
import { useTranslation } from 'react-i18next';
import type { Load } from '../../preload/contract/instances.ts';
import { useFormats } from '../ui/texts.ts';
import classes from './load-bar.module.css';

const highShare = 0.97;

export function LoadBar({ load }: { readonly load: Load }) {
  const { t } = useTranslation('instances');
  const formats = useFormats();
  const share = Math.max(0, Math.min(1, load.gpu ?? load.cpu));
  const parts = [
    ...(load.gpu === undefined ? [] : [`GPU ${formats.share(load.gpu)}`]),
    `CPU ${formats.share(load.cpu)}`,
    formats.time(load.at),
  ];
  return (
    <span className={classes.load} title={t('loadAt', { parts: parts.join(' · ') })}>
      <span className={classes.track} data-high={share >= highShare || undefined}>
        <span style={{ width: `${share * 100}%` }} />
      </span>
      {formats.share(share)}
    </span>
  );
}
