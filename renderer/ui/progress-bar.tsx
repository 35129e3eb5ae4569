/** How far something is, or that it is at work where nobody tells how far. */
import classes from './progress-bar.module.css';

interface ProgressBarProps {
  readonly label: string;
  /** 0 to 1; absent: nobody tells. */
  readonly share?: number | undefined;
  /** Stands still, as while a person is waited for. */
  readonly paused?: boolean;
}

export function ProgressBar({ label, share, paused = false }: ProgressBarProps) {
  const percent =
    share === undefined ? undefined : Math.round(Math.max(0, Math.min(1, share)) * 100);
  return (
    <span
      className={classes.track}
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      {...(percent !== undefined && { 'aria-valuenow': percent })}
      data-unknown={(percent === undefined && !paused) || undefined}
      data-paused={paused || undefined}
    >
      <span style={{ width: `${percent ?? (paused ? 0 : 30)}%` }} />
    </span>
  );
}
