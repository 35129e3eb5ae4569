/** A field for a secret. What is typed is never written into the document: only the live element and its owner hold it. */
import { PasswordInput, Textarea } from '@mantine/core';
import { type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';

interface SecretFieldProps {
  readonly label: string;
  readonly description?: ReactNode;
  readonly error?: ReactNode;
  /** What was typed before, put back without becoming an attribute. */
  readonly typed?: string;
  readonly onType: (secret: string) => void;
  /** Several lines, such as a private key. */
  readonly lines?: number;
  readonly placeholder?: string;
  readonly autoFocus?: boolean;
  /** `one-time-code` lets the system offer a code it just received. */
  readonly autoComplete?: 'off' | 'one-time-code';
}

export function SecretField({
  typed,
  onType,
  lines,
  autoFocus,
  error,
  autoComplete = 'off',
  ...rest
}: SecretFieldProps) {
  const { t } = useTranslation();
  const field = useRef<HTMLInputElement & HTMLTextAreaElement>(null);
  useEffect(() => {
    if (field.current && typed !== undefined && field.current.value !== typed) {
      field.current.value = typed;
    }
  }, [typed]);
  const common = {
    ...rest,
    size: 'xs',
    ref: field,
    error: error ?? false,
    autoComplete,
    spellCheck: false,
    maxLength: 60_000,
    'data-autofocus': autoFocus || undefined,
    onChange: ({ currentTarget }: { readonly currentTarget: { readonly value: string } }) =>
      onType(currentTarget.value),
  } as const;
  if (lines === undefined) {
    return (
      <PasswordInput
        {...common}
        visibilityToggleButtonProps={{
          'aria-label': t('showTyped'),
          title: t('showTyped'),
          tabIndex: 0,
        }}
      />
    );
  }
  return (
    <Textarea {...common} rows={lines} styles={{ input: { fontFamily: 'var(--font-code)' } }} />
  );
}
