/** A secret is needed that lies in the locked vault: the master password opens it. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { SecretField } from '../ui/secret-field.tsx';
import { PromptFrame } from './prompt-frame.tsx';
import { type PromptProps, useAnswer } from './use-answer.ts';

export function UnlockPrompt({ prompt, question, waiting }: PromptProps<'unlock-vault'>) {
  const { t } = useTranslation('prompts');
  const answering = useAnswer(prompt);
  const [secret, setSecret] = useState('');
  return (
    <PromptFrame
      prompt={prompt}
      waiting={waiting}
      title={t('vault:unlock.title')}
      answering={answering}
      submitLabel={t('vault:unlock.submit')}
      onSubmit={() => {
        if (secret) answering.answer({ kind: 'secret', secret, remember: false });
      }}
    >
      <SecretField
        label={t('vault:unlock.password')}
        autoFocus
        error={question.rejectedBefore && t('vault:unlock.wrong')}
        onType={setSecret}
      />
    </PromptFrame>
  );
}
