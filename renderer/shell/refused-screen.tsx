/** The page's session is over: how to get a new link. */
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import mark from '../ui/mark.svg';
import classes from './refused-screen.module.css';

export function RefusedScreen() {
  const { t } = useTranslation();
  useEffect(() => {
    // A new link pasted into this tab changes nothing but the part after `#`.
    const beginAgain = () => location.reload();
    window.addEventListener('hashchange', beginAgain);
    return () => window.removeEventListener('hashchange', beginAgain);
  }, []);
  return (
    <main className={classes.screen}>
      <img src={mark} alt="" width={44} height={44} />
      <h1>{t('refused.title')}</h1>
      <p>{t('refused.what')}</p>
      <ul>
        <li>{t('refused.enter')}</li>
        <li>{t('refused.restart')}</li>
      </ul>
    </main>
  );
}
