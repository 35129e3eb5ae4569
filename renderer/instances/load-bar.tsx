/** The latest load as a bar and a figure: of the GPU where there is one, else of the processor. */
import type { Load } from '../../preload/contract/instances.ts';
import { useCellTools } from './cell-tools.ts';
import classes from './load-bar.module.css';

const highShare = 0.97;

export function LoadBar({ load }: { readonly load: Load }) {
  const { formats } = useCellTools();
  const share = Math.max(0, Math.min(1, load.gpu ?? load.cpu));
  const parts = [
    ...(load.gpu === undefined ? [] : [`GPU ${formats.share(load.gpu)}`]),
    `CPU ${formats.share(load.cpu)}`,
    formats.time(load.at),
  ];
  return (
    <span className={classes.load} title={parts.join(' · ')}>
      <span className={classes.track} data-high={share >= highShare || undefined}>
        <span style={{ width: `${share * 100}%` }} />
      </span>
      {formats.share(share)}
    </span>
  );
}
