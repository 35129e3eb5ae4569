/** A port that would be open to more than one machine: who could reach it, where it leads, and a yes for this once. */
import { useTranslation } from 'react-i18next';
import { WarningIcon } from '../ui/icons.tsx';
import { plainly } from '../ui/plain-text.tsx';
import classes from './expose-port-prompt.module.css';
import { reachOf } from './exposed-reach.ts';
import { PromptFrame } from './prompt-frame.tsx';
import { type PromptProps, useAnswer } from './use-answer.ts';
import warning from './warning.module.css';

const longestPlace = 160;

export function ExposePortPrompt({ prompt, question, waiting }: PromptProps<'expose-port'>) {
  const { t } = useTranslation('prompts');
  const answering = useAnswer(prompt);
  const { side, port } = question;
  const reach = reachOf(question.bindAddress);
  const address = plainly(question.bindAddress, longestPlace);
  const name = plainly(prompt.owner.name, longestPlace);
  return (
    <PromptFrame
      prompt={prompt}
      waiting={waiting}
      title={t(`expose.title.${side}`, { port })}
      answering={answering}
      submitLabel={t('expose.allow')}
      cancelFirst
      onSubmit={() => answering.answer({ kind: 'allow' })}
    >
      <p className={warning.warning}>
        <WarningIcon size={15} />
        <span>{t(`expose.who.${side}.${reach}`, { address, name })}</span>
      </p>
      <dl className={classes.facts}>
        <dt>{t('expose.opens')}</dt>
        <dd>
          <code>
            {address.includes(':') ? `[${address}]` : address}:{port}
          </code>{' '}
          {t(`expose.on.${side}`, { name })}
        </dd>
        <dt>{t('expose.leadsTo')}</dt>
        <dd>
          <code>{plainly(question.leadsTo, longestPlace)}</code>
        </dd>
      </dl>
      <p className={warning.soft}>{t('expose.once')}</p>
    </PromptFrame>
  );
}
