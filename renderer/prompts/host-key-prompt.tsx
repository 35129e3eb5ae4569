/** A host key nobody has seen before: its fingerprint and picture, to be compared with what the server's owner says. */
import { useTranslation } from 'react-i18next';
import { CopyButton } from '../ui/copy-button.tsx';
import { plainly } from '../ui/plain-text.tsx';
import classes from './host-key-prompt.module.css';
import { PromptFrame } from './prompt-frame.tsx';
import { type PromptProps, useAnswer } from './use-answer.ts';

const longestPicture = 2000;

export function HostKeyPrompt({ prompt, question, waiting }: PromptProps<'host-key'>) {
  const { t } = useTranslation('prompts');
  const answering = useAnswer(prompt);
  return (
    <PromptFrame
      prompt={prompt}
      waiting={waiting}
      title={t('hostKey.title')}
      answering={answering}
      submitLabel={t('hostKey.trust')}
      cancelFirst
      onSubmit={() => answering.answer({ kind: 'trust' })}
    >
      <p className={classes.what}>{t('hostKey.what')}</p>
      <div className={classes.key}>
        <div className={classes.line}>
          <b>{plainly(question.keyType, 60)}</b>
          <CopyButton text={question.fingerprint} label={t('hostKey.copy')} />
        </div>
        <code className={classes.fingerprint}>{plainly(question.fingerprint, 200)}</code>
        <pre className={classes.picture} aria-hidden>
          {question.picture.slice(0, longestPicture)}
        </pre>
      </div>
      <p className={classes.how}>
        {t('hostKey.how')} <code>ssh-keygen -lv -f /etc/ssh/ssh_host_ed25519_key.pub</code>
      </p>
    </PromptFrame>
  );
}
