/** The jump hosts in their order, from this machine to the instance: moved, removed and added by keyboard as well. */
import type { MouseEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Instance } from '../../preload/contract/instances.ts';
import { useStores } from '../client/context.ts';
import { addressOf } from '../instances/rows.ts';
import { Button } from '../ui/button.tsx';
import { CloseIcon, SortDownIcon, SortUpIcon } from '../ui/icons.tsx';
import { PlainText } from '../ui/plain-text.tsx';
import { jumpText } from './jump.ts';
import classes from './jump-list.module.css';
import { JumpPicker } from './jump-picker.tsx';
import {
  addJump,
  type DraftJump,
  mostJumps,
  moveJump,
  type OptionsDraft,
  removeJump,
} from './options-draft.ts';

interface JumpListProps {
  readonly instance: Instance;
  readonly draft: OptionsDraft;
  readonly problem: string | undefined;
  readonly onChange: (draft: OptionsDraft) => void;
}

export function JumpList({ instance, draft, problem, onChange }: JumpListProps) {
  const { t } = useTranslation('ssh');
  const { jumps } = draft;
  return (
    <div className={classes.box}>
      <ol className={classes.list} aria-label={t('options.jumpList')}>
        <li className={classes.end}>{t('options.thisMachine')}</li>
        {jumps.map((one, at) => (
          <JumpItem
            key={one.id}
            item={one}
            isFirst={at === 0}
            isLast={at === jumps.length - 1}
            onMove={(step) => onChange(moveJump(draft, one.id, step))}
            onRemove={() => onChange(removeJump(draft, one.id))}
          />
        ))}
        <li className={classes.end}>
          <PlainText text={instance.name} />
        </li>
      </ol>
      {jumps.length < mostJumps && (
        <JumpPicker
          instance={instance}
          taken={jumps.map(({ jump }) => jump)}
          typed={draft.typedJump}
          problem={problem}
          onType={(typedJump) => onChange({ ...draft, typedJump })}
          onAdd={(jump) => onChange(addJump(draft, jump))}
        />
      )}
    </div>
  );
}

interface JumpItemProps {
  readonly item: DraftJump;
  readonly isFirst: boolean;
  readonly isLast: boolean;
  readonly onMove: (step: -1 | 1) => void;
  readonly onRemove: () => void;
}

function JumpItem({ item: { jump }, isFirst, isLast, onMove, onRemove }: JumpItemProps) {
  const { t } = useTranslation('ssh');
  const byKey = useStores().instances((state) => state.byKey);
  const known = jump.kind === 'instance' ? byKey.get(jump.instance) : undefined;
  const text = jumpText(jump, (key) => byKey.get(key)?.name);
  const name = text.slice(0, 80);
  const isGone = jump.kind === 'instance' && !known;
  /** The item is taken out of the page and put back elsewhere: the focus goes with it. */
  const move = (step: -1 | 1) => (event: MouseEvent<HTMLButtonElement>) => {
    const button = event.currentTarget;
    onMove(step);
    setTimeout(() => button.focus());
  };
  return (
    <li className={classes.jump}>
      <span className={classes.words}>
        <PlainText text={text} strong={jump.kind === 'instance'} mono={jump.kind === 'address'} />
        {known && <PlainText text={addressOf(known)} mono soft />}
        {isGone && <span className={classes.gone}>{t('options.jumpGone')}</span>}
      </span>
      <Button
        look="quiet"
        size="row"
        square
        disabled={isFirst}
        aria-label={t('options.moveUp', { name })}
        onClick={move(-1)}
      >
        <SortUpIcon size={13} />
      </Button>
      <Button
        look="quiet"
        size="row"
        square
        disabled={isLast}
        aria-label={t('options.moveDown', { name })}
        onClick={move(1)}
      >
        <SortDownIcon size={13} />
      </Button>
      <Button
        look="quiet"
        size="row"
        square
        aria-label={t('options.removeJump', { name })}
        onClick={onRemove}
      >
        <CloseIcon size={13} />
      </Button>
    </li>
  );
}
