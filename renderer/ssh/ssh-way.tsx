/** Lines of the detail: what the instance follows, and which way it is reached. */
import { useTranslation } from 'react-i18next';
import type { ConnectionOptions } from '../../preload/contract/ssh.ts';
import { useStores } from '../client/context.ts';
import { Line } from '../instances/detail/detail-block.tsx';
import { PlainText, plainly } from '../ui/plain-text.tsx';
import { jumpText } from './jump.ts';

const longestAlias = 80;

interface SshWayProps {
  /** The name followed in OpenSSH's configuration. */
  readonly follows: string | undefined;
  /** Absent while they are not known. */
  readonly options: ConnectionOptions | undefined;
}

export function SshWay({ follows, options }: SshWayProps) {
  const { t } = useTranslation('ssh');
  const byKey = useStores().instances((state) => state.byKey);
  const jumps = (options?.jumps ?? []).map((jump) => jumpText(jump, (key) => byKey.get(key)?.name));
  return (
    <>
      {follows !== undefined && (
        <Line label={t('way.follows')}>
          <span>{t('way.followsWhat', { alias: plainly(follows, longestAlias) })}</span>
        </Line>
      )}
      {jumps.length > 0 && (
        <Line label={t('way.through')}>
          <PlainText text={jumps.join(' → ')} />
        </Line>
      )}
    </>
  );
}
