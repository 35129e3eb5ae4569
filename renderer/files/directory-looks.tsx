/** A directory's other looks: being read, not read, shown as it was last read, empty, nothing that matches. */
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { CloudError } from '../../preload/contract/errors.ts';
import type { Directory } from '../../preload/contract/files.ts';
import { useStores } from '../client/context.ts';
import { useView } from '../shell/view-context.ts';
import { Button } from '../ui/button.tsx';
import { FailureNote } from '../ui/failure-note.tsx';
import { plainly } from '../ui/plain-text.tsx';
import classes from './directory-looks.module.css';
import type { Place } from './place.ts';
import { useNearestParent } from './use-nearest-parent.ts';

const skeletonRows = Array.from({ length: 10 }, (_, index) => index);
const longestName = 80;

export function DirectoryLoading({ place }: { readonly place: Place }) {
  const { t } = useTranslation('files');
  const name = useStores().instances(({ byKey }) => byKey.get(place.instance)?.name);
  return (
    <div className={classes.loading} role="status">
      <p>{t('reading', { instance: plainly(name ?? place.instance, longestName) })}</p>
      {skeletonRows.map((index) => (
        <div key={index} className={classes.skeleton} aria-hidden>
          <span />
          <span />
          <span />
        </div>
      ))}
    </div>
  );
}

interface DirectoryFailedProps {
  readonly place: Place;
  readonly failure: CloudError;
  readonly onRetry: () => void;
}

/** Not an empty directory: one of which nothing is known, or one that is gone. */
export function DirectoryFailed({ place, failure, onRetry }: DirectoryFailedProps) {
  const { t } = useTranslation('files');
  const { useFilesView } = useView();
  const { instance, path } = place;
  const canGoBack = useFilesView(({ back }) => back.length > 0);
  const home = useFilesView(({ homes }) => homes.get(instance)) ?? '';
  const nearest = useNearestParent(place, failure);
  const isInstanceGone = failure.rule?.id === 'instance-gone';
  const { goBack, visit, leave } = useFilesView.getState();
  const whole = useRef<HTMLDivElement>(null);
  const ways = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // Whatever had the keyboard went with the former directory: a way out of here has it next.
    if (document.activeElement !== document.body) return;
    (ways.current?.querySelector('button') ?? whole.current?.querySelector('button'))?.focus();
  }, []);
  const way = (label: string, go: () => void) => (
    <Button size="row" onClick={go}>
      {label}
    </Button>
  );
  return (
    <div ref={whole} className={classes.failed}>
      <h2>
        {t(isInstanceGone ? 'instanceNotRead' : 'notRead')}
        {!isInstanceGone && path !== '' && <code>{plainly(path, longestName)}</code>}
      </h2>
      <FailureNote failure={failure} onRetry={onRetry} />
      <div ref={ways} className={classes.ways}>
        {canGoBack && way(t('back'), goBack)}
        {nearest !== undefined &&
          way(t('goNearest', { path: plainly(nearest, longestName) }), () =>
            visit({ instance, path: nearest }),
          )}
        {path !== home &&
          nearest !== home &&
          !isInstanceGone &&
          way(t('goHome'), () => visit({ instance, path: home }))}
        {isInstanceGone && way(t('chooseOther'), leave)}
      </div>
    </div>
  );
}

interface DirectoryStaleProps {
  readonly failure: CloudError;
  readonly onRetry: () => void;
}

export function DirectoryStale({ failure, onRetry }: DirectoryStaleProps) {
  const { t } = useTranslation('files');
  return (
    <div className={classes.stale} role="status">
      <p>{t('stale')}</p>
      <FailureNote failure={failure} onRetry={onRetry} />
    </div>
  );
}

export function DirectoryTruncated({ directory }: { readonly directory: Directory }) {
  const { t } = useTranslation('files');
  if (!directory.truncated) return null;
  return <p className={classes.truncated}>{t('truncated', { count: directory.entries.length })}</p>;
}

interface DirectoryEmptyProps {
  readonly directory: Directory;
}

/** Nothing is there, or nothing of it is shown. */
export function DirectoryEmpty({ directory }: DirectoryEmptyProps) {
  const { t } = useTranslation('files');
  const { useFilesView } = useView();
  const filter = useFilesView((view) => view.filter);
  const { filterBy, showHidden } = useFilesView.getState();
  const count = directory.entries.length;
  return (
    <div className={classes.empty}>
      {filter !== '' && count > 0 ? (
        <>
          <p>{t('noneMatches')}</p>
          <Button size="row" onClick={() => filterBy('')}>
            {t('clearFilter')}
          </Button>
        </>
      ) : count > 0 ? (
        <>
          <p>{t('onlyHidden', { count })}</p>
          <Button size="row" onClick={() => showHidden(true)}>
            {t('menu.showHidden')}
          </Button>
        </>
      ) : (
        <p>{t('empty')}</p>
      )}
    </div>
  );
}
