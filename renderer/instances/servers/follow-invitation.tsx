/** Said where nothing is yet: OpenSSH's configuration already names hosts. Its place is kept while that is being read. */
import { useTranslation } from 'react-i18next';
import { useConfigHosts } from '../../ssh/queries.ts';
import { Button } from '../../ui/button.tsx';
import classes from './follow-invitation.module.css';

export function FollowInvitation({ onAccept }: { readonly onAccept: (() => void) | undefined }) {
  const { t } = useTranslation('ssh');
  const { data } = useConfigHosts();
  const count = data?.hosts.filter(({ usable }) => usable).length ?? 0;
  return (
    <div className={classes.invitation}>
      {count > 0 && (
        <Button look="quiet" disabled={!onAccept} onClick={onAccept}>
          {t('import.invite', { count })}
        </Button>
      )}
    </div>
  );
}
