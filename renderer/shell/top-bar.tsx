/** The bar above: the product, the search over the instances, and what it all costs just now. */
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { JobsPill } from '../jobs/jobs-pill.tsx';
import { CloseIcon, SearchIcon } from '../ui/icons.tsx';
import mark from '../ui/mark.svg';
import { BurnAmount } from './burn-amount.tsx';
import classes from './top-bar.module.css';
import { useSearchKeys } from './use-search-keys.ts';
import { useView } from './view-context.ts';

const shortcut = navigator.platform.startsWith('Mac') ? '⌘ K' : 'Ctrl K';

export function TopBar() {
  const { t } = useTranslation();
  return (
    <header className={classes.bar}>
      <div className={classes.product}>
        <img src={mark} alt="" width={20} height={20} />
        <span>{t('product')}</span>
      </div>
      <SearchField />
      <div className={classes.end}>
        <BurnAmount look="pill" />
        <JobsPill />
      </div>
    </header>
  );
}

function SearchField() {
  const { t } = useTranslation();
  const { useInstancesView, useNavigation } = useView();
  const search = useInstancesView((state) => state.search);
  const searchFor = useInstancesView((state) => state.searchFor);
  const wantRows = useInstancesView((state) => state.wantRows);
  const go = useNavigation((state) => state.go);
  const field = useRef<HTMLInputElement>(null);
  useSearchKeys(field);
  return (
    <search className={classes.search}>
      <SearchIcon size={14} />
      <input
        ref={field}
        type="text"
        value={search}
        maxLength={200}
        spellCheck={false}
        autoComplete="off"
        placeholder={t('search')}
        aria-label={t('search')}
        aria-keyshortcuts="Control+K Meta+K /"
        onChange={(event) => {
          searchFor(event.target.value);
          go('instances');
        }}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return;
          if (event.key === 'ArrowDown' || event.key === 'Enter') {
            event.preventDefault();
            go('instances');
            wantRows(true);
          } else if (event.key === 'Escape') {
            if (search) searchFor('');
            else event.currentTarget.blur();
          }
        }}
      />
      {search ? (
        <button
          type="button"
          aria-label={t('clearSearch')}
          title={t('clearSearch')}
          onClick={() => searchFor('')}
        >
          <CloseIcon size={13} />
        </button>
      ) : (
        <kbd aria-hidden>{shortcut}</kbd>
      )}
    </search>
  );
}
