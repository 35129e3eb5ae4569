/** The files of an instance: one directory at a time, and below it what is on its way. */
import { useTranslation } from 'react-i18next';
import { useView } from '../shell/view-context.ts';
import page from '../ui/table-page.module.css';
import { ChooseInstance } from './choose-instance.tsx';
import { DirectoryView } from './directory-view.tsx';
import classes from './files-page.module.css';
import { TransfersPanel } from './transfers-panel.tsx';

export function FilesPage() {
  const { t } = useTranslation('files');
  const place = useView().useFilesView((view) => view.place);
  return (
    <section className={classes.page} aria-label={t('title')}>
      {place ? (
        <DirectoryView key={place.instance} place={place} />
      ) : (
        <div className={classes.choose}>
          <header className={page.header}>
            <h1>{t('title')}</h1>
          </header>
          <ChooseInstance />
        </div>
      )}
      <TransfersPanel />
    </section>
  );
}
