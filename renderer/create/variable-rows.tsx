/** Environment variables the instance starts with. */
import { TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Button } from '../ui/button.tsx';
import { CloseIcon, PlusIcon } from '../ui/icons.tsx';
import choiceClasses from './choice-list.module.css';
import type { VariableDraft } from './create-draft.ts';
import classes from './create-wizard.module.css';
import { CreateSection, type SectionProps } from './section.tsx';

const mostVariables = 100;
const newVariable: VariableDraft = { name: '', value: '' };

export function VariableRows({ draft: { variables }, problems, tried, onChange }: SectionProps) {
  const { t } = useTranslation('create');
  const put = (at: number, part: Partial<VariableDraft>) =>
    onChange({
      variables: variables.map((variable, index) =>
        index === at ? { ...variable, ...part } : variable,
      ),
    });
  return (
    <CreateSection
      title={t('environment.title')}
      tools={
        <Button
          size="row"
          look="quiet"
          disabled={variables.length >= mostVariables}
          onClick={() => onChange({ variables: [...variables, newVariable] })}
        >
          <PlusIcon size={12} />
          {t('environment.add')}
        </Button>
      }
    >
      {variables.length > 0 && <p className={choiceClasses.quiet}>{t('environment.noSecrets')}</p>}
      {variables.map(({ name, value }, at) => {
        const problem = tried && problems.variables[at];
        const error = problem && t(`environment.problem.${problem}`);
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a row is known by its place alone
          <div key={at} className={classes.row}>
            <TextInput
              size="xs"
              aria-label={t('environment.name', { number: at + 1 })}
              placeholder={t('environment.namePlaceholder')}
              maxLength={128}
              spellCheck={false}
              value={name}
              error={problem !== 'value' && error}
              onChange={({ currentTarget }) => put(at, { name: currentTarget.value })}
            />
            <TextInput
              size="xs"
              className={classes.grow ?? ''}
              aria-label={t('environment.value', { number: at + 1 })}
              placeholder={t('environment.valuePlaceholder')}
              maxLength={4096}
              spellCheck={false}
              value={value}
              error={problem === 'value' && error}
              onChange={({ currentTarget }) => put(at, { value: currentTarget.value })}
            />
            <Button
              look="quiet"
              square
              aria-label={t('environment.remove', { number: at + 1 })}
              onClick={() =>
                onChange({ variables: variables.filter((_variable, index) => index !== at) })
              }
            >
              <CloseIcon size={12} />
            </Button>
          </div>
        );
      })}
    </CreateSection>
  );
}
