/** A command of the operator's OpenSSH configuration that would run on this machine: shown whole, and run only after a yes. */
import { useTranslation } from 'react-i18next';
import { SignedText } from '../terminal/signed-text.tsx';
import { WarningIcon } from '../ui/icons.tsx';
import { PromptFrame } from './prompt-frame.tsx';
import { type PromptProps, useAnswer } from './use-answer.ts';
import classes from './warning.module.css';

export function ProxyCommandPrompt({ prompt, question, waiting }: PromptProps<'proxy-command'>) {
  const { t } = useTranslation('prompts');
  const answering = useAnswer(prompt);
  return (
    <PromptFrame
      prompt={prompt}
      waiting={waiting}
      title={t('proxy.title')}
      answering={answering}
      submitLabel={t('proxy.allow')}
      cancelFirst
      onSubmit={() => answering.answer({ kind: 'allow' })}
    >
      <p className={classes.warning}>
        <WarningIcon size={15} />
        <span>{t('proxy.what')}</span>
      </p>
      <SignedText whole text={question.command} label={t('proxy.command')} />
      <p className={classes.soft}>{t('proxy.scope')}</p>
    </PromptFrame>
  );
}
