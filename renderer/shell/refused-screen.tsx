/** The page's session is over: how to get a new link. */
import { useTranslation } from 'react-i18next';
import mark from '../ui/mark.svg';
import classes from './refused-screen.module.css';

export function RefusedScreen() {
  const { t } = useTranslation();
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
