/** What every question shares: who asks on the way to where, what waits for it, how many more wait, and that Escape cancels. */
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Prompt, PromptOwner } from '../../preload/contract/prompts.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { FailureNote } from '../ui/failure-note.tsx';
import { PlainText, plainly } from '../ui/plain-text.tsx';
import classes from './prompt-frame.module.css';
import type { Answering } from './use-answer.ts';

const longestName = 80;
const longestPlace = 160;

interface PromptFrameProps {
  readonly prompt: Prompt;
  readonly waiting: number;
  readonly title: string;
  readonly answering: Answering;
  readonly submitLabel: string;
  /** The safe choice has the focus, and Enter never means yes. */
  readonly cancelFirst?: boolean;
  readonly onSubmit: () => void;
  readonly children: ReactNode;
}

export function PromptFrame({
  prompt: { owner },
  waiting,
  title,
  answering,
  submitLabel,
  cancelFirst = false,
  onSubmit,
  children,
}: PromptFrameProps) {
  const { t } = useTranslation('prompts');
  const cancel = () => answering.answer({ kind: 'cancel' });
  return (
    <Dialog
      title={title}
      subtitle={
        owner.hop ? (
          <>
            {t('hop.label')} <PlainText text={owner.hop} mono strong />
          </>
        ) : (
          <>
            <PlainText text={owner.name} strong />
            <PlainText text={owner.address} mono />
          </>
        )
      }
      widthPx={480}
      onClose={cancel}
      {...(!cancelFirst && { onSubmit })}
      footer={
        <>
          <span className={classes.waiting} aria-live="polite">
            {waiting > 0 && t('waiting', { count: waiting })}
          </span>
          <Button onClick={cancel} data-autofocus={cancelFirst || undefined}>
            {t('common:cancel')}
          </Button>
          <Button
            look={cancelFirst ? 'plain' : 'main'}
            busy={answering.busy}
            {...(cancelFirst ? { onClick: onSubmit } : { submit: true })}
          >
            {submitLabel}
          </Button>
        </>
      }
    >
      <Asker owner={owner} />
      {children}
      {answering.failure && <FailureNote failure={answering.failure} />}
    </Dialog>
  );
}

/** A jump host asks for itself: its answer is not the instance's, so it says on the way to which one it stands. */
function Asker({ owner }: { readonly owner: PromptOwner }) {
  const { t } = useTranslation('prompts');
  const waits = t(`owner.${owner.kind}`);
  return (
    <p className={classes.owner}>
      {owner.hop === undefined
        ? waits
        : t('hop.asks', {
            name: plainly(owner.name, longestName),
            address: plainly(owner.address, longestPlace),
            waits,
          })}
    </p>
  );
}
