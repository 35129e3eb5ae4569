/** The browser's own dialogs to choose files or a folder, without a control of their own on the page. */
import { type ChangeEvent, type ReactNode, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';

export interface UploadChooser {
  files(): void;
  folder(): void;
}

/** @returns how to ask, and what must be drawn somewhere for it */
export function useUploadChooser(
  upload: (files: readonly File[]) => void,
): readonly [UploadChooser, ReactNode] {
  const { t } = useTranslation('files');
  const files = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);
  const chooser = useMemo<UploadChooser>(
    () => ({ files: () => files.current?.click(), folder: () => folder.current?.click() }),
    [],
  );
  const take = ({ currentTarget }: ChangeEvent<HTMLInputElement>) => {
    const chosen = [...(currentTarget.files ?? [])];
    // The same files may be chosen once more.
    currentTarget.value = '';
    if (chosen.length > 0) upload(chosen);
  };
  const fields = (
    <>
      <input ref={files} type="file" multiple hidden aria-label={t('upload')} onChange={take} />
      <input
        ref={(field) => {
          folder.current = field;
          if (field) field.webkitdirectory = true;
        }}
        type="file"
        hidden
        aria-label={t('uploadFolder')}
        onChange={take}
      />
    </>
  );
  return [chooser, fields];
}
