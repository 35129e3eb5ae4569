/** A state by dot and word: the word is the cloud's own, in the operator's language where it is known. */
import type { State } from '../../preload/contract/instances.ts';
import { PlainText } from '../ui/plain-text.tsx';
import { StateDot } from '../ui/state-dot.tsx';
import classes from './instance-state.module.css';
import { moodOf } from './state-tabs.ts';

interface InstanceStateProps {
  readonly state: State;
  readonly word: (key: string, otherwise: string) => string;
}

export function InstanceState({ state, word }: InstanceStateProps) {
  return (
    <span className={classes.state}>
      <StateDot mood={moodOf(state.kind)} />
      <PlainText text={word(`states:word-${state.word}`, state.word)} />
    </span>
  );
}
