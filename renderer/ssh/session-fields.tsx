/** What goes over the connection: shared or not, the agent, what terminals run in, the clipboard. */
import { NativeSelect, Switch } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { WarningIcon } from '../ui/icons.tsx';
import type { OptionsDraft } from './options-draft.ts';
import classes from './session-fields.module.css';

const shells = ['plain', 'tmux', 'screen'] as const;
const clipboards = ['ask', 'allow', 'never'] as const;

interface SessionFieldsProps {
  readonly draft: OptionsDraft;
  readonly onChange: (draft: OptionsDraft) => void;
}

export function SessionFields({ draft, onChange }: SessionFieldsProps) {
  const { t } = useTranslation('ssh');
  return (
    <>
      <div className={classes.choices}>
        <NativeSelect
          size="xs"
          label={t('options.shell')}
          description={t(`options.shellHint.${draft.shell === 'plain' ? 'plain' : 'kept'}`)}
          inputWrapperOrder={['label', 'input', 'description']}
          value={draft.shell}
          data={shells.map((value) => ({ value, label: t(`options.shellKind.${value}`) }))}
          onChange={({ currentTarget }) =>
            onChange({ ...draft, shell: currentTarget.value as OptionsDraft['shell'] })
          }
        />
        <NativeSelect
          size="xs"
          label={t('options.clipboard')}
          description={t('options.clipboardHint')}
          inputWrapperOrder={['label', 'input', 'description']}
          value={draft.clipboardWrite}
          data={clipboards.map((value) => ({ value, label: t(`options.clipboardKind.${value}`) }))}
          onChange={({ currentTarget }) =>
            onChange({
              ...draft,
              clipboardWrite: currentTarget.value as OptionsDraft['clipboardWrite'],
            })
          }
        />
      </div>
      <Switch
        size="xs"
        label={t('options.share')}
        description={t('options.shareHint')}
        checked={draft.shareConnection}
        onChange={({ currentTarget }) =>
          onChange({ ...draft, shareConnection: currentTarget.checked })
        }
      />
      <Switch
        size="xs"
        label={t('options.agent')}
        description={
          <span className={classes.danger} data-on={draft.forwardAgent || undefined}>
            <WarningIcon size={13} />
            <span>{t('options.agentHint')}</span>
          </span>
        }
        checked={draft.forwardAgent}
        onChange={({ currentTarget }) =>
          onChange({ ...draft, forwardAgent: currentTarget.checked })
        }
      />
    </>
  );
}
