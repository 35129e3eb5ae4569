/** Hosts of OpenSSH's configuration with their places: chosen one by one, all at once, or found by typing. */
import { Checkbox, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ConfigHost } from '../../../preload/contract/ssh.ts';
import { PlainText, plainly } from '../../ui/plain-text.tsx';
import { useTextRef } from '../../ui/texts.ts';
import { addressOf } from '../rows.ts';
import classes from './config-host-list.module.css';
import { isAmong, sharedNotes } from './shared-notes.ts';

/** More than fit on the screen at once are worth a field to search them. */
const worthSearching = 10;
const longestWay = 300;

interface ConfigHostListProps {
  readonly hosts: readonly ConfigHost[];
  readonly chosen: ReadonlySet<string>;
  readonly onChoose: (aliases: ReadonlySet<string>) => void;
}

export function ConfigHostList({ hosts, chosen, onChoose }: ConfigHostListProps) {
  const { t } = useTranslation('ssh');
  const [text, setText] = useState('');
  const word = useTextRef();
  const shared = sharedNotes(hosts);
  const wanted = text.trim().toLocaleLowerCase();
  const shown = hosts.filter((host) =>
    `${host.alias}\n${addressOf({ ssh: host })}`.toLocaleLowerCase().includes(wanted),
  );
  const open = shown.filter(({ usable, followed }) => usable && !followed);
  const count = open.filter(({ alias }) => chosen.has(alias)).length;
  const choose = (aliases: readonly string[], on: boolean) => {
    const next = new Set(chosen);
    for (const alias of aliases) {
      if (on) next.add(alias);
      else next.delete(alias);
    }
    onChoose(next);
  };
  return (
    <>
      {hosts.length > worthSearching && (
        <TextInput
          size="xs"
          aria-label={t('import.search')}
          placeholder={t('import.search')}
          value={text}
          data-autofocus
          onChange={({ currentTarget }) => setText(currentTarget.value)}
        />
      )}
      <div className={classes.box}>
        <Checkbox
          size="xs"
          className={classes.all ?? ''}
          label={t('import.all', { count: open.length })}
          disabled={open.length === 0}
          checked={open.length > 0 && count === open.length}
          indeterminate={count > 0 && count < open.length}
          data-autofocus={hosts.length <= worthSearching || undefined}
          onChange={() =>
            choose(
              open.map(({ alias }) => alias),
              count < open.length,
            )
          }
        />
        <ul className={classes.list} aria-label={t('import.title')}>
          {shown.map((host) => (
            <HostLine
              key={host.alias}
              host={host}
              notes={host.notes.filter((note) => !isAmong(shared, note))}
              chosen={chosen.has(host.alias)}
              onChoose={(on) => choose([host.alias], on)}
            />
          ))}
          {shown.length === 0 && <li className={classes.empty}>{t('import.noneFound')}</li>}
        </ul>
      </div>
      {shared.map((note) => (
        <p key={JSON.stringify(note)} className={classes.shared}>
          {t('import.ofAll', { note: word('rules', note) })}
        </p>
      ))}
    </>
  );
}

interface HostLineProps {
  readonly host: ConfigHost;
  /** What is said of this one in particular. */
  readonly notes: ConfigHost['notes'];
  readonly chosen: boolean;
  readonly onChoose: (on: boolean) => void;
}

function HostLine({ host, notes, chosen, onChoose }: HostLineProps) {
  const { t } = useTranslation('ssh');
  const word = useTextRef();
  const { alias, usable, followed, jumps, proxyCommand } = host;
  return (
    <li>
      <label className={classes.host} data-off={!usable || followed || undefined}>
        <input
          type="checkbox"
          aria-label={plainly(alias, 80)}
          checked={followed || (usable && chosen)}
          disabled={followed || !usable}
          onChange={({ currentTarget }) => onChoose(currentTarget.checked)}
        />
        <span className={classes.words}>
          <span className={classes.place}>
            <PlainText text={alias} strong />
            {host.host !== '' && <PlainText text={addressOf({ ssh: host })} mono soft />}
            {followed && <span className={classes.followed}>{t('import.follows')}</span>}
          </span>
          {jumps.length > 0 && (
            <span className={classes.soft}>
              {t('import.through', { jumps: plainly(jumps.join(' → '), longestWay) })}
            </span>
          )}
          {proxyCommand !== undefined && (
            <span className={classes.soft}>
              {t('import.proxy')} <code>{plainly(proxyCommand, longestWay)}</code>
            </span>
          )}
          {notes.map((note) => (
            <span
              key={JSON.stringify(note)}
              className={classes.note}
              data-bad={!usable || undefined}
            >
              {word('rules', note)}
            </span>
          ))}
        </span>
      </label>
    </li>
  );
}
