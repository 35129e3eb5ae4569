/** What the operator may choose, one section below the other. */
import { useTranslation } from 'react-i18next';
import { AccountsSection } from '../accounts/accounts-section.tsx';
import { SshSection } from '../ssh/ssh-section.tsx';
import { SecretsSection } from '../vault/secrets-section.tsx';
import { AboutSection } from './about-section.tsx';
import { AppearanceSection } from './appearance-section.tsx';
import classes from './settings-page.module.css';
import { TerminalSection } from './terminal-section.tsx';

export function SettingsPage() {
  const { t } = useTranslation('settings');
  return (
    <div className={classes.page}>
      <div className={classes.column}>
        <h1>{t('title')}</h1>
        <AppearanceSection />
        <TerminalSection />
        <AccountsSection />
        <SshSection />
        <SecretsSection />
        <AboutSection />
      </div>
    </div>
  );
}
