/** What will follow from an action, as the core says it. */
import type { TextRef } from '../../../preload/contract/errors.ts';
import { useTextRef } from '../../ui/texts.ts';
import classes from '../action-dialog.module.css';

interface ConsequencesProps {
  readonly of: readonly TextRef[];
  readonly danger?: boolean;
}

export function Consequences({ of: consequences, danger = false }: ConsequencesProps) {
  const word = useTextRef();
  if (consequences.length === 0) return null;
  return (
    <ul className={classes.consequences} data-danger={danger || undefined}>
      {consequences.map((consequence) => (
        <li key={consequence.id}>{word('consequences', consequence)}</li>
      ))}
    </ul>
  );
}
