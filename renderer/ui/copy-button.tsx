/** Copies a text and says for a moment that it did. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from './button.tsx';
import { CheckIcon, CopyIcon } from './icons.tsx';

const saidForMs = 1600;

interface CopyButtonProps {
  readonly text: string;
  /** What is copied, for those who do not see beside what it stands. */
  readonly label?: string;
  /** What stands on the button; absent: Copy. */
  readonly words?: string;
  /** Where there is no room for a word. */
  readonly iconOnly?: boolean;
}

export function CopyButton({ text, label, words, iconOnly = false }: CopyButtonProps) {
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
      square={iconOnly}
      {...(label && { 'aria-label': label })}
      onClick={() => void copy().catch(() => setCopied(false))}
    >
      {copied ? <CheckIcon size={13} /> : <CopyIcon size={13} />}
      <span aria-live="polite" className={iconOnly ? 'hidden-text' : undefined}>
        {copied ? t('copied') : (words ?? t('copy'))}
      </span>
    </Button>
  );
}
