/** An instance in a list to choose from: its state, its name, and whose it is. */
import type { Instance } from '../../preload/contract/instances.ts';
import { useStores } from '../client/context.ts';
import { InstanceState } from '../instances/instance-state.tsx';
import { PlainText } from '../ui/plain-text.tsx';
import { useWord } from '../ui/texts.ts';
import classes from './instance-picker.module.css';

export function InstanceLine({ instance }: { readonly instance: Instance }) {
  const word = useWord();
  const account = useStores().accounts(({ byKey }) => byKey.get(instance.account)?.name);
  return (
    <span className={classes.line}>
      <span className={classes.name}>
        <PlainText text={instance.name} />
      </span>
      <span className={classes.account}>
        <PlainText text={account ?? instance.account} />
      </span>
      <InstanceState state={instance.state} word={word} />
    </span>
  );
}
