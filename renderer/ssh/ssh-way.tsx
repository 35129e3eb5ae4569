/** Lines of the detail: what the instance follows, which way it is reached, and its name in any terminal. */
import { useTranslation } from 'react-i18next';
import { useStores } from '../client/context.ts';
import { Line } from '../instances/detail/detail-block.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import { PlainText, plainly } from '../ui/plain-text.tsx';
import { jumpText } from './jump.ts';
import type { OptionsAnswer } from './queries.ts';

const longestAlias = 80;

interface SshWayProps {
  readonly answer: OptionsAnswer;
  /** The name `ssh` understands while the managed file is on. */
  readonly alias: string | undefined;
}

export function SshWay({ answer: { options, follows }, alias }: SshWayProps) {
  const { t } = useTranslation('ssh');
  const byKey = useStores().instances((state) => state.byKey);
  const jumps = (options.jumps ?? []).map((jump) => jumpText(jump, (key) => byKey.get(key)?.name));
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
      {alias !== undefined && (
        <Line label={t('way.alias')}>
          <PlainText text={`ssh ${alias}`} mono />
          <CopyButton text={`ssh ${alias}`} label={t('way.copyAlias')} />
        </Line>
      )}
    </>
  );
}
