/** The server's own questions, in the server's own words: shown plainly, capped, and marked as its words. */
import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { plainly } from '../ui/plain-text.tsx';
import { SecretField } from '../ui/secret-field.tsx';
import classes from './fields-prompt.module.css';
import { seemsOneTimeCode } from './one-time-code.ts';
import { PromptFrame } from './prompt-frame.tsx';
import { type PromptProps, useAnswer } from './use-answer.ts';

const longestTitle = 120;
const longestInstructions = 1500;
const longestLabel = 160;

export function FieldsPrompt({ prompt, question, waiting }: PromptProps<'keyboard-interactive'>) {
  const { t } = useTranslation('prompts');
  const answering = useAnswer(prompt);
  const [values, setValues] = useState<readonly string[]>(() => question.fields.map(() => ''));
  const type = (at: number, value: string) =>
    setValues((former) => former.map((one, index) => (index === at ? value : one)));
  const words = [question.title, question.instructions].filter((text) => text.trim() !== '');
  return (
    <PromptFrame
      prompt={prompt}
      waiting={waiting}
      title={t('interactive.title')}
      answering={answering}
      submitLabel={t('answer')}
      onSubmit={() => answering.answer({ kind: 'fields', values: [...values] })}
    >
      {words.length > 0 && (
        <blockquote className={classes.words} aria-label={t('interactive.serverSays')}>
          {question.title.trim() && <b>{plainly(question.title, longestTitle)}</b>}
          {question.instructions
            .slice(0, longestInstructions)
            .split('\n')
            .map((line, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a line of a text that never changes
              <p key={index}>{plainly(line.replace(/\r$/, ''), longestInstructions)}</p>
            ))}
        </blockquote>
      )}
      {question.fields.map(({ label, echo }, index) => {
        const common = {
          label: plainly(label, longestLabel) || t('interactive.field'),
          autoFocus: index === 0,
          autoComplete: seemsOneTimeCode(label) ? ('one-time-code' as const) : ('off' as const),
        };
        // biome-ignore-start lint/suspicious/noArrayIndexKey: the server's fields are told apart by their place
        return echo ? (
          <TextInput
            key={index}
            size="xs"
            label={common.label}
            data-autofocus={common.autoFocus || undefined}
            autoComplete={common.autoComplete}
            spellCheck={false}
            value={values[index] ?? ''}
            onChange={({ currentTarget }) => type(index, currentTarget.value)}
          />
        ) : (
          <SecretField key={index} {...common} onType={(value) => type(index, value)} />
        );
        // biome-ignore-end lint/suspicious/noArrayIndexKey: the server's fields are told apart by their place
      })}
    </PromptFrame>
  );
}
