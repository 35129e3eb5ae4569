/** The short messages, in the corner, read aloud as they come. */
import { useTranslation } from 'react-i18next';
import { Button } from '../ui/button.tsx';
import { FailureNote } from '../ui/failure-note.tsx';
import { CheckIcon, CloseIcon } from '../ui/icons.tsx';
import classes from './toast-list.module.css';
import type { Toast } from './toasts.ts';
import { useView } from './view-context.ts';

export function ToastList() {
  const toasts = useView().useToasts((state) => state.toasts);
  return (
    <div className={classes.list} role="status" aria-live="polite">
      {toasts.map((toast) => (
        <ToastCard key={toast.id} toast={toast} />
      ))}
    </div>
  );
}

function ToastCard({ toast: { id, content } }: { readonly toast: Toast }) {
  const { t } = useTranslation();
  const dismiss = useView().useToasts((state) => state.dismiss);
  return (
    <div className={classes.toast} data-kind={content.kind}>
      {content.kind === 'done' ? (
        <>
          <CheckIcon />
          <p>{content.text}</p>
        </>
      ) : (
        <div className={classes.failed}>
          <p>{content.title}</p>
          <FailureNote failure={content.failure} />
        </div>
      )}
      <Button look="quiet" size="row" square aria-label={t('dismiss')} onClick={() => dismiss(id)}>
        <CloseIcon size={13} />
      </Button>
    </div>
  );
}
