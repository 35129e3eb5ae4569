/** What could not be read of OpenSSH's configuration, each said in a sentence. */
import type { TextRef } from '../../../preload/contract/errors.ts';
import { WarningIcon } from '../../ui/icons.tsx';
import { useTextRef } from '../../ui/texts.ts';
import classes from './config-host-list.module.css';

export function ConfigProblems({ problems }: { readonly problems: readonly TextRef[] }) {
  const word = useTextRef();
  if (problems.length === 0) return null;
  return (
    <ul className={classes.problems}>
      {problems.map((problem) => (
        <li key={JSON.stringify(problem)}>
          <WarningIcon size={14} />
          <span>{word('rules', problem)}</span>
        </li>
      ))}
    </ul>
  );
}
