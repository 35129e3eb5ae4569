/** A password or the passphrase of a key, kept only when that is asked for. */
import { Checkbox } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { plainly } from '../ui/plain-text.tsx';
import { SecretField } from '../ui/secret-field.tsx';
import { PromptFrame } from './prompt-frame.tsx';
import { type PromptProps, useAnswer } from './use-answer.ts';

export function SecretPrompt({
  prompt,
  question,
  waiting,
}: PromptProps<'password' | 'passphrase'>) {
  const { t } = useTranslation('prompts');
  const answering = useAnswer(prompt);
  const [secret, setSecret] = useState('');
  const [remember, setRemember] = useState(false);
  const label =
    question.kind === 'password'
      ? t('password.label', { user: plainly(question.user, 80) })
      : t('passphrase.label', { key: plainly(question.keyName, 80) });
  return (
    <PromptFrame
      prompt={prompt}
      waiting={waiting}
      title={t(`${question.kind}.title`)}
      answering={answering}
      submitLabel={t('answer')}
      onSubmit={() => {
        if (secret) answering.answer({ kind: 'secret', secret, remember });
      }}
    >
      <SecretField
        label={label}
        autoFocus
        error={question.rejectedBefore && t(`${question.kind}.rejected`)}
        onType={setSecret}
      />
      <Checkbox
        size="xs"
        label={t('remember')}
        checked={remember}
        onChange={({ currentTarget }) => setRemember(currentTarget.checked)}
      />
    </PromptFrame>
  );
}
