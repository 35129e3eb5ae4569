/** The entry of a menu that leads to the files of an instance. */
import { Menu } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useOpenFiles } from './use-open-files.ts';

export function FilesItem({ instance }: { readonly instance: string }) {
  const { t } = useTranslation('files');
  const openFiles = useOpenFiles();
  return <Menu.Item onClick={() => openFiles(instance)}>{t('title')}</Menu.Item>;
}
