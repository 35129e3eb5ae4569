/** A failure in plain words, with its code and the technical detail small where there is one, and a way to try again. */
import { useTranslation } from 'react-i18next';
import type { Failure } from '../../preload/contract/errors.ts';
import { Button } from './button.tsx';
import classes from './failure-note.module.css';
import { WarningIcon } from './icons.tsx';
import { plainly } from './plain-text.tsx';
import { useTextRef } from './texts.ts';

const longestDetail = 600;
const longestHop = 160;

/** What failed, as far as the page needs it: a Failure or the error made of one. */
export type Failed = Pick<Failure, 'code' | 'message'> & {
  readonly rule?: Failure['rule'] | undefined;
  readonly details?: Failure['details'] | undefined;
};

/** The sentence for a failure: its rule where there is one, else what its code means; and the machine on the way that it is of. */
export function useFailureText(): (failure: Failed) => string {
  const { t } = useTranslation();
  const word = useTextRef();
  return ({ code, rule, details }) => {
    const reason = rule ? word('rules', rule) : t(`errors:${code}`, { defaultValue: code });
    return details?.hop
      ? t('rules:at-hop', { hop: plainly(String(details.hop), longestHop), reason })
      : reason;
  };
}

/** What is left to say besides the sentence, for who looks into it: nothing where a rule or a person was the cause. */
export function technicalDetail({ code, message, rule }: Failed): string | undefined {
  return message === rule?.id || code === 'cancelled' ? undefined : message;
}

interface FailureNoteProps {
  readonly failure: Failed;
  readonly onRetry?: (() => void) | undefined;
}

export function FailureNote({ failure, onRetry }: FailureNoteProps) {
  const { t } = useTranslation();
  const failureText = useFailureText();
  const detail = technicalDetail(failure);
  return (
    <div className={classes.note} role="alert">
      <WarningIcon />
      <div className={classes.words}>
        <p className={classes.sentence}>{failureText(failure)}</p>
        {detail !== undefined && (
          <p className={classes.detail}>
            <code>{failure.code}</code>
            <span className={classes.message}>{plainly(detail, longestDetail)}</span>
          </p>
        )}
      </div>
      {onRetry && (
        <Button size="row" onClick={onRetry}>
          {t('retry')}
        </Button>
      )}
    </div>
  );
}
