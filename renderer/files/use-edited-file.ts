/** A text of an instance as it was read, and its way back: over that version, or over whatever is there. */
import { useCallback, useEffect, useRef, useState } from 'react';
import { CloudError, refusal } from '../../preload/contract/errors.ts';
import type { FileVersion } from '../../preload/contract/files.ts';
import { useClient } from '../client/context.ts';

/** As many as the core takes; what is larger cannot be opened here either. */
const mostCharacters = 2 * 1024 * 1024;

interface OpenedFile {
  readonly text: string;
  readonly version: FileVersion;
  readonly writable: boolean;
  /** Grows with every reading: a field drawn of an earlier one holds an earlier text. */
  readonly readings: number;
}

export interface EditedFile {
  readonly opened: OpenedFile | undefined;
  readonly failure: CloudError | undefined;
  readonly busy: boolean;
  /** Somebody else changed it since it was read, or took it away; nothing was written. */
  readonly conflict: 'changed' | 'gone' | undefined;
  /** @returns whether it was read */
  read(): Promise<boolean>;
  /** @returns whether it was written */
  write(text: string, over: 'version' | 'whatever'): Promise<boolean>;
  /** Leaves the conflict for later: the next write meets it again. */
  keepEditing(): void;
}

export function useEditedFile(instance: string, path: string): EditedFile {
  const client = useClient();
  const [opened, setOpened] = useState<OpenedFile>();
  const [failure, setFailure] = useState<CloudError>();
  const [busy, setBusy] = useState(false);
  const [conflict, setConflict] = useState<EditedFile['conflict']>();
  const gone = useRef(new AbortController());

  /** @returns whether the work was done */
  const attempt = useCallback(async (work: () => Promise<boolean>) => {
    setBusy(true);
    setFailure(undefined);
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof CloudError)) throw error;
      if (error.code !== 'cancelled') setFailure(error);
      return false;
    } finally {
      setBusy(false);
    }
  }, []);

  const read = useCallback(
    () =>
      attempt(async () => {
        const answer = await client.call('files.read', { instance, path }, gone.current.signal);
        setOpened((former) => ({ ...answer, readings: (former?.readings ?? 0) + 1 }));
        setConflict(undefined);
        return true;
      }),
    [attempt, client, instance, path],
  );

  useEffect(() => {
    gone.current = new AbortController();
    void read();
    return () => gone.current.abort();
  }, [read]);

  /** @returns the new version, or why nothing was written */
  const writeOver = async (
    version: FileVersion | null,
    text: string,
  ): Promise<FileVersion | 'changed' | 'gone'> => {
    try {
      const answer = await client.call('files.write', { instance, path, text, version });
      return answer.kind === 'written' ? answer.version : 'changed';
    } catch (error) {
      // Without a version it was to be made anew: then it is the directory that is missing.
      const isGone = error instanceof CloudError && error.rule?.id === 'file-missing';
      if (!isGone || version === null) throw error;
      return 'gone';
    }
  };

  const write = (text: string, over: 'version' | 'whatever') =>
    attempt(async () => {
      if (!opened) return false;
      if (text.length > mostCharacters) throw refusal('invalid', 'text-too-large-to-save');
      const version = over === 'version' ? opened.version : null;
      const answer = await writeOver(version, text);
      setConflict(typeof answer === 'string' ? answer : undefined);
      if (typeof answer === 'string') return false;
      // The field goes on with what it holds; only what it is compared with is new.
      setOpened({ ...opened, text, version: answer });
      return true;
    });

  return {
    opened,
    failure,
    busy,
    conflict,
    read,
    write,
    keepEditing: () => setConflict(undefined),
  };
}
