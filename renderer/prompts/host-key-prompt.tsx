/** A host key nobody has seen before: its fingerprint and picture, and where both can be compared before it is trusted. */
import { useTranslation } from 'react-i18next';
import { CopyButton } from '../ui/copy-button.tsx';
import { WarningIcon } from '../ui/icons.tsx';
import { plainly } from '../ui/plain-text.tsx';
import { ConsoleLink } from './console-link.tsx';
import { hostKeyFile } from './host-key-file.ts';
import classes from './host-key-prompt.module.css';
import { PromptFrame } from './prompt-frame.tsx';
import { type PromptProps, useAnswer } from './use-answer.ts';
import warning from './warning.module.css';

const longestPicture = 2000;
const longestName = 80;

export function HostKeyPrompt({ prompt, question, waiting }: PromptProps<'host-key'>) {
  const { t } = useTranslation('prompts');
  const answering = useAnswer(prompt);
  return (
    <PromptFrame
      prompt={prompt}
      waiting={waiting}
      title={t(prompt.owner.hop ? 'hostKey.hopTitle' : 'hostKey.title')}
      answering={answering}
      submitLabel={t('hostKey.trust')}
      cancelFirst
      onSubmit={() => answering.answer({ kind: 'trust' })}
    >
      {question.formerInstance ? (
        <p className={warning.warning}>
          <WarningIcon size={15} />
          <span>
            {t('hostKey.former', { former: plainly(question.formerInstance, longestName) })}
          </span>
        </p>
      ) : (
        <p className={classes.what}>{t('hostKey.what')}</p>
      )}
      {question.certAuthority && <p className={warning.soft}>{t('hostKey.authority')}</p>}
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
      <div className={classes.how}>
        <p>{t('hostKey.how')}</p>
        <ul>
          <li>
            {t('hostKey.onServer')} <code>ssh-keygen -lv -f {hostKeyFile(question.keyType)}</code>
          </li>
          <li>
            {t('hostKey.onConsole')} <ConsoleLink owner={prompt.owner} />
          </li>
        </ul>
      </div>
    </PromptFrame>
  );
}
