/** The servers about to be added: one is a form, several are lines of which one is open at a time. */
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/button.tsx';
import { ChevronIcon, CloseIcon, WarningIcon } from '../../ui/icons.tsx';
import { PlainText } from '../../ui/plain-text.tsx';
import classes from './draft-list.module.css';
import { problemsOf, type ServerDraft } from './server-draft.ts';
import { ServerFields } from './server-fields.tsx';

interface DraftListProps {
  readonly drafts: readonly ServerDraft[];
  /** Id of the one that is open; absent: none. */
  readonly opened: number | undefined;
  readonly showProblems: boolean;
  readonly onOpen: (id: number | undefined) => void;
  readonly onChange: (drafts: readonly ServerDraft[]) => void;
}

export function DraftList({ drafts, opened, showProblems, onOpen, onChange }: DraftListProps) {
  const replace = (next: ServerDraft) =>
    onChange(drafts.map((draft) => (draft.id === next.id ? next : draft)));
  const [only] = drafts;
  if (only && drafts.length === 1) {
    return (
      <ServerFields
        draft={only}
        problems={showProblems ? problemsOf(only) : {}}
        onChange={replace}
      />
    );
  }
  return (
    <ul className={classes.list}>
      {drafts.map((draft) => (
        <DraftItem
          key={draft.id}
          draft={draft}
          open={draft.id === opened}
          showProblems={showProblems}
          onToggle={() => onOpen(draft.id === opened ? undefined : draft.id)}
          onChange={replace}
          onRemove={() => onChange(drafts.filter(({ id }) => id !== draft.id))}
          onUseForAll={() => onChange(drafts.map((other) => withCommon(other, draft)))}
        />
      ))}
    </ul>
  );
}

/** What several servers usually share. */
function withCommon(draft: ServerDraft, model: ServerDraft): ServerDraft {
  const { login, keyName, password, privateKey, passphrase, tags, price, currency } = model;
  return { ...draft, login, keyName, password, privateKey, passphrase, tags, price, currency };
}

interface DraftItemProps {
  readonly draft: ServerDraft;
  readonly open: boolean;
  readonly showProblems: boolean;
  readonly onToggle: () => void;
  readonly onChange: (draft: ServerDraft) => void;
  readonly onRemove: () => void;
  readonly onUseForAll: () => void;
}

function DraftItem(props: DraftItemProps) {
  const { draft, open, showProblems, onToggle, onChange, onRemove, onUseForAll } = props;
  const { t } = useTranslation('instances');
  const problems = showProblems ? problemsOf(draft) : {};
  return (
    <li className={classes.item}>
      <div className={classes.line}>
        <button type="button" aria-expanded={open} onClick={onToggle}>
          <ChevronIcon size={13} />
          <PlainText text={draft.name || draft.host} strong />
          <PlainText text={`${draft.user}@${draft.host}:${draft.port}`} mono soft />
          {draft.configAlias !== '' && (
            <span className={classes.follows}>{t('ssh:import.follows')}</span>
          )}
          {Object.keys(problems).length > 0 && (
            <span className={classes.problem} title={t('add.hasProblems')}>
              <WarningIcon size={14} />
            </span>
          )}
        </button>
        <Button
          look="quiet"
          size="row"
          square
          aria-label={t('add.remove', { name: draft.name.slice(0, 80) })}
          onClick={onRemove}
        >
          <CloseIcon size={13} />
        </Button>
      </div>
      {open && (
        <div className={classes.open}>
          <ServerFields draft={draft} problems={problems} onChange={onChange} />
          <Button size="row" onClick={onUseForAll}>
            {t('add.useForAll')}
          </Button>
        </div>
      )}
    </li>
  );
}
