/** Copies a text and says for a moment that it did. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from './button.tsx';
import { CheckIcon, CopyIcon } from './icons.tsx';

const saidForMs = 1600;

export function CopyButton({ text, label }: { readonly text: string; readonly label?: string }) {
  const { t } = useTranslation();
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    setCopied(true);
    setTimeout(() => setCopied(false), saidForMs);
  };
  return (
    <Button
      size="row"
      {...(label && { 'aria-label': label })}
      onClick={() => void copy().catch(() => setCopied(false))}
    >
      {copied ? <CheckIcon size={13} /> : <CopyIcon size={13} />}
      <span aria-live="polite">{copied ? t('copied') : t('copy')}</span>
    </Button>
  );
}
