/** What every question shares: who asks about which host, how many more wait, and that Escape cancels. */
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Prompt } from '../../preload/contract/prompts.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { FailureNote } from '../ui/failure-note.tsx';
import { PlainText } from '../ui/plain-text.tsx';
import classes from './prompt-frame.module.css';
import type { Answering } from './use-answer.ts';

interface PromptFrameProps {
  readonly prompt: Prompt;
  readonly waiting: number;
  readonly title: string;
  readonly answering: Answering;
  readonly submitLabel: string;
  /** The safe choice has the focus first. */
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
        <>
          <PlainText text={owner.name} strong />
          <PlainText text={owner.address} mono />
        </>
      }
      widthPx={480}
      onClose={cancel}
      onSubmit={onSubmit}
      footer={
        <>
          {waiting > 0 && (
            <span className={classes.waiting}>{t('waiting', { count: waiting })}</span>
          )}
          <Button onClick={cancel} data-autofocus={cancelFirst || undefined}>
            {t('common:cancel')}
          </Button>
          <Button look={cancelFirst ? 'plain' : 'main'} submit busy={answering.busy}>
            {submitLabel}
          </Button>
        </>
      }
    >
      <p className={classes.owner}>{t(`owner.${owner.kind}`)}</p>
      {children}
      {answering.failure && <FailureNote failure={answering.failure} />}
    </Dialog>
  );
}
