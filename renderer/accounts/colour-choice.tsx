/** One of the colours of an account, or none: a radio group of swatches, walked with the arrow keys. */
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { type AccountColour, accountColours } from '../../preload/contract/constants.ts';
import classes from './colour-choice.module.css';

interface ColourChoiceProps {
  readonly label: string;
  /** null: none. */
  readonly chosen: AccountColour | null;
  readonly onChoose: (colour: AccountColour | null) => void;
}

export function ColourChoice({ label, chosen, onChoose }: ColourChoiceProps) {
  const { t } = useTranslation('accounts');
  const group = useId();
  return (
    <div className={classes.colours} role="radiogroup" aria-label={label}>
      {[null, ...accountColours].map((colour) => {
        const name = t(`colour.${colour ?? 'none'}`);
        return (
          <label key={colour} className={classes.colour} title={name}>
            <input
              type="radio"
              name={group}
              aria-label={name}
              checked={chosen === colour}
              onChange={() => onChoose(colour)}
            />
            <span data-account-colour={colour ?? undefined} aria-hidden />
          </label>
        );
      })}
    </div>
  );
}
