/** The field SSH commands are pasted into, each line shown at once as understood or refused. */
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CloudError } from '../../../preload/contract/errors.ts';
import type { ParsedCommand } from '../../../preload/contract/ssh.ts';
import { useClient } from '../../client/context.ts';
import { RouteLine } from '../../tunnels/route-line.tsx';
import { FailureNote } from '../../ui/failure-note.tsx';
import { CheckIcon, WarningIcon } from '../../ui/icons.tsx';
import { PlainText } from '../../ui/plain-text.tsx';
import { useTextRef } from '../../ui/texts.ts';
import { addressOf } from '../rows.ts';
import { jumpPlacesText } from './jump-places.ts';
import classes from './paste-box.module.css';

const typingPauseMs = 120;
const longestText = 100_000;
const example = 'ssh -p 15692 root@tw-02.access.example';

/** What the core understood of the text. Nothing is run, and nothing is kept. */
export function useParsedCommands(text: string) {
  const client = useClient();
  const [settled] = useDebouncedValue(text, typingPauseMs);
  const query = useQuery<readonly ParsedCommand[], CloudError>({
    queryKey: ['ssh.parseCommands', settled],
    queryFn: ({ signal }) => client.call('ssh.parseCommands', { text: settled }, signal),
    enabled: settled.trim() !== '',
    placeholderData: (former) => former,
    gcTime: 0,
  });
  const commands = text.trim() === '' ? [] : (query.data ?? []);
  return { commands, failure: query.error, isSettled: settled === text && !query.isFetching };
}

interface PasteBoxProps {
  readonly text: string;
  readonly onChange: (text: string) => void;
  readonly parsed: ReturnType<typeof useParsedCommands>;
  /** Enter was pressed and every line has been read. */
  readonly onSubmit: () => void;
  readonly big?: boolean;
}

export function PasteBox({ text, onChange, parsed, onSubmit, big = false }: PasteBoxProps) {
  const { t } = useTranslation('instances');
  const resultId = useId();
  /** Enter was pressed, perhaps before the lines were read. */
  const [wanted, setWanted] = useState(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `onSubmit` is new at every render
  useEffect(() => {
    if (!wanted || !parsed.isSettled) return;
    setWanted(false);
    onSubmit();
  }, [wanted, parsed.isSettled]);
  return (
    <div className={classes.box}>
      <textarea
        className={classes.field}
        data-big={big || undefined}
        data-autofocus
        // The page was opened to do just this.
        // biome-ignore lint/a11y/noAutofocus: see above
        autoFocus={big}
        value={text}
        rows={big ? Math.min(8, Math.max(1, text.split('\n').length)) : 4}
        maxLength={longestText}
        spellCheck={false}
        autoComplete="off"
        placeholder={example}
        aria-label={t('paste.label')}
        aria-describedby={resultId}
        onChange={(event) => {
          setWanted(false);
          onChange(event.target.value);
        }}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
          event.preventDefault();
          setWanted(true);
        }}
      />
      <ul id={resultId} className={classes.lines} aria-live="polite">
        {parsed.commands.map((command, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a line is its place; the same line may stand there twice
          <ParsedLine key={index} command={command} />
        ))}
      </ul>
      {parsed.failure && <FailureNote failure={parsed.failure} />}
    </div>
  );
}

function ParsedLine({ command }: { readonly command: ParsedCommand }) {
  const { t } = useTranslation('instances');
  const word = useTextRef();
  if (command.kind === 'refused') {
    return (
      <li className={classes.line} data-kind="refused">
        <WarningIcon size={14} />
        <span className={classes.words}>
          <PlainText text={command.line} mono />
          <span className={classes.why}>{word('rules', command.rule)}</span>
        </span>
      </li>
    );
  }
  return (
    <li className={classes.line} data-kind="parsed">
      <CheckIcon size={14} />
      <span className={classes.words}>
        <PlainText text={addressOf({ ssh: command })} mono />
        {command.jumps && (
          <PlainText text={t('paste.through', { places: jumpPlacesText(command.jumps) })} soft />
        )}
        {command.keyName && <PlainText text={command.keyName} mono soft />}
        {command.tunnels && (
          <span className={classes.tunnels}>
            {command.tunnels.map((tunnel) => (
              <RouteLine key={JSON.stringify(tunnel)} tunnel={tunnel} instanceName={command.host} />
            ))}
            <span className={classes.offered}>{t('paste.tunnels')}</span>
          </span>
        )}
        {command.ignored.map((ignored) => (
          <span key={JSON.stringify(ignored)} className={classes.ignored}>
            {word('rules', ignored)}
          </span>
        ))}
      </span>
    </li>
  );
}
