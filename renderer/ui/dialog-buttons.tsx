/** The two buttons of a dialog that asks: Cancel, and what it is about. Where that is dangerous the keyboard begins at Cancel. */
import { useTranslation } from 'react-i18next';
import { Button } from './button.tsx';

interface DialogButtonsProps {
  readonly submitLabel: string;
  readonly danger?: boolean;
  /** It is being carried out. */
  readonly busy?: boolean;
  /** Why it may not be carried out. */
  readonly reason?: string | undefined;
  readonly disabled?: boolean;
  readonly onCancel: () => void;
}

export function DialogButtons({
  submitLabel,
  danger = false,
  busy = false,
  reason,
  disabled = false,
  onCancel,
}: DialogButtonsProps) {
  const { t } = useTranslation();
  return (
    <>
      <Button onClick={onCancel} data-autofocus={danger || undefined}>
        {t('cancel')}
      </Button>
      <Button
        look={danger ? 'danger' : 'main'}
        submit
        busy={busy}
        disabled={disabled}
        reason={reason}
      >
        {submitLabel}
      </Button>
    </>
  );
}
