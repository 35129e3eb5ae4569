/** The fields every new tunnel has: its ports, its name, and whether it starts with the application. */
import { Switch, TextInput, type TextInputProps } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Button } from '../ui/button.tsx';
import { offeredPorts } from './known-ports.ts';
import classes from './tunnel-fields.module.css';
import type { NewTunnel } from './use-new-tunnel.ts';

interface FieldsProps {
  readonly making: NewTunnel;
}

const usualSocksPort = '1080';
const longestName = 100;

export function PortFields({ making: { draft, problems, change } }: FieldsProps) {
  const { t } = useTranslation('tunnels');
  const { kind, remotePort, localPort } = draft;
  const problemText = (field: 'remotePort' | 'localPort') =>
    problems[field] && t(`create.problems.${problems[field]}`);
  const common: TextInputProps = {
    size: 'xs',
    inputMode: 'numeric',
    maxLength: 5,
    inputWrapperOrder: ['label', 'input', 'description', 'error'],
  };
  const there = (
    <TextInput
      {...common}
      key="there"
      label={t('create.remotePort')}
      description={kind === 'remote' && t('create.remotePortOpens')}
      placeholder={kind === 'remote' ? '9000' : '8888'}
      value={remotePort}
      error={problemText('remotePort')}
      data-autofocus
      onChange={({ currentTarget }) => change({ remotePort: currentTarget.value })}
    />
  );
  const here = (
    <TextInput
      {...common}
      key="here"
      label={t('create.localPort')}
      description={t(`create.localPortHint.${kind}`)}
      placeholder={kind === 'dynamic' ? usualSocksPort : remotePort || t('create.automatic')}
      value={localPort}
      error={problemText('localPort')}
      data-autofocus={kind === 'dynamic' || undefined}
      onChange={({ currentTarget }) => change({ localPort: currentTarget.value })}
    />
  );
  return (
    <div className={classes.ports}>
      {kind === 'dynamic' ? here : [there, here]}
      {kind === 'local' && (
        <fieldset className={classes.picks} aria-label={t('create.picks')}>
          {offeredPorts.map(({ port, name }) => (
            <Button key={port} size="row" onClick={() => change({ remotePort: String(port) })}>
              <code>{port}</code> {name}
            </Button>
          ))}
        </fieldset>
      )}
    </div>
  );
}

export function NameFields({ making: { draft, change } }: FieldsProps) {
  const { t } = useTranslation('tunnels');
  return (
    <div className={classes.name}>
      <TextInput
        size="xs"
        label={t('create.name')}
        placeholder={t('create.nameHint')}
        maxLength={longestName}
        value={draft.name}
        onChange={({ currentTarget }) => change({ name: currentTarget.value })}
      />
      <Switch
        size="xs"
        label={t('startWithApp')}
        checked={draft.startsWithApp}
        onChange={({ currentTarget }) => change({ startsWithApp: currentTarget.checked })}
      />
    </div>
  );
}
