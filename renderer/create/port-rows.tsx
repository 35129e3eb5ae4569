/** Ports of the instance that the cloud makes reachable, besides those that every instance has. */
import { NativeSelect, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Button } from '../ui/button.tsx';
import { CloseIcon, PlusIcon } from '../ui/icons.tsx';
import type { PortDraft } from './create-draft.ts';
import classes from './create-wizard.module.css';
import { CreateSection, type SectionProps } from './section.tsx';

const mostPorts = 18;
const newPort: PortDraft = { port: '', protocol: 'tcp' };

export function PortRows({ draft: { ports }, problems, tried, onChange }: SectionProps) {
  const { t } = useTranslation('create');
  const put = (at: number, part: Partial<PortDraft>) =>
    onChange({ ports: ports.map((port, index) => (index === at ? { ...port, ...part } : port)) });
  return (
    <CreateSection
      title={t('ports.title')}
      tools={
        <Button
          size="row"
          look="quiet"
          disabled={ports.length >= mostPorts}
          onClick={() => onChange({ ports: [...ports, newPort] })}
        >
          <PlusIcon size={12} />
          {t('ports.add')}
        </Button>
      }
    >
      {ports.map(({ port, protocol }, at) => {
        const problem = tried && problems.ports[at];
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a row is known by its place alone
          <div key={at} className={classes.row}>
            <TextInput
              size="xs"
              aria-label={t('ports.port', { number: at + 1 })}
              placeholder={t('ports.placeholder')}
              inputMode="numeric"
              maxLength={5}
              value={port}
              error={problem && t(`ports.problem.${problem}`)}
              onChange={({ currentTarget }) => put(at, { port: currentTarget.value })}
            />
            <NativeSelect
              size="xs"
              aria-label={t('ports.protocol', { number: at + 1 })}
              value={protocol}
              data={[
                { value: 'tcp', label: 'TCP' },
                { value: 'https', label: 'HTTPS' },
              ]}
              onChange={({ currentTarget }) =>
                put(at, { protocol: currentTarget.value === 'https' ? 'https' : 'tcp' })
              }
            />
            <Button
              look="quiet"
              square
              aria-label={t('ports.remove', { number: at + 1 })}
              onClick={() => onChange({ ports: ports.filter((_port, index) => index !== at) })}
            >
              <CloseIcon size={12} />
            </Button>
          </div>
        );
      })}
    </CreateSection>
  );
}
