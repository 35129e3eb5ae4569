/** A state as a coloured dot: never alone, the word stands beside it. */
import classes from './state-dot.module.css';

export type Mood = 'good' | 'busy' | 'warn' | 'bad' | 'idle';

export function StateDot({ mood }: { readonly mood: Mood }) {
  return <span className={classes.dot} data-mood={mood} aria-hidden />;
}
