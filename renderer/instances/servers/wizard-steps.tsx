/** Where in the wizard one is. */
import { useTranslation } from 'react-i18next';
import classes from './wizard-steps.module.css';

const steps = ['paste', 'servers', 'check'] as const;

export function WizardSteps({ at }: { readonly at: (typeof steps)[number] }) {
  const { t } = useTranslation('instances');
  return (
    <ol className={classes.steps}>
      {steps.map((step, index) => (
        <li
          key={step}
          aria-current={step === at ? 'step' : undefined}
          data-past={index < steps.indexOf(at) || undefined}
        >
          <span>{index + 1}</span>
          {t(`add.step.${step}`)}
        </li>
      ))}
    </ol>
  );
}
