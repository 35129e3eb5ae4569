/** The three kinds of tunnel as a choice, each with what it is for. */
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { TunnelKind } from '../../preload/contract/tunnels.ts';
import classes from './kind-choice.module.css';
import { tunnelKinds } from './tunnel-kinds.ts';

interface KindChoiceProps {
  readonly kind: TunnelKind;
  readonly onChoose: (kind: TunnelKind) => void;
}

export function KindChoice({ kind: chosen, onChoose }: KindChoiceProps) {
  const { t } = useTranslation('tunnels');
  const group = useId();
  return (
    <div className={classes.kinds} role="radiogroup" aria-label={t('create.kind')}>
      {tunnelKinds.map((kind) => (
        <label key={kind} className={classes.kind}>
          <input
            type="radio"
            name={group}
            checked={kind === chosen}
            onChange={() => onChoose(kind)}
          />
          <span>
            <b>{t(`kinds.${kind}.title`)}</b>
            <span>{t(`kinds.${kind}.what`)}</span>
          </span>
        </label>
      ))}
    </div>
  );
}
