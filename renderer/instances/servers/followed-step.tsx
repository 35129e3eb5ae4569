/** Said once hosts are followed: nothing was connected to, and it is one press away. */
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';

interface FollowedStepProps {
  readonly count: number;
  readonly onCheck: () => void;
  readonly onClose: () => void;
}

export function FollowedStep({ count, onCheck, onClose }: FollowedStepProps) {
  const { t } = useTranslation('ssh');
  return (
    <Dialog
      title={t('followed.title', { count })}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onCheck}>{t('followed.check')}</Button>
          <Button look="main" onClick={onClose} data-autofocus>
            {t('common:done')}
          </Button>
        </>
      }
    >
      <p>{t('followed.what')}</p>
    </Dialog>
  );
}
