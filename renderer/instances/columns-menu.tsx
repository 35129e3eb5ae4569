/** Chooses the table's columns. */
import { Menu } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useView } from '../shell/view-context.ts';
import { Button } from '../ui/button.tsx';
import { CheckIcon, ColumnsIcon } from '../ui/icons.tsx';
import { columnIds } from './columns.ts';
import classes from './columns-menu.module.css';

export function ColumnsMenu() {
  const { t } = useTranslation('instances');
  const { useInstancesView } = useView();
  const chosen = useInstancesView((state) => state.columns);
  const showColumn = useInstancesView((state) => state.showColumn);
  return (
    <Menu position="bottom-end" closeOnItemClick={false} width={190}>
      <Menu.Target>
        <Button aria-label={t('columns')} title={t('columns')}>
          <ColumnsIcon size={14} />
          <span className={classes.label}>{t('columns')}</span>
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {columnIds
          .filter((id) => id !== 'name')
          .map((id) => {
            const shown = chosen.includes(id);
            return (
              <Menu.Item
                key={id}
                role="menuitemcheckbox"
                aria-checked={shown}
                leftSection={
                  <span className={classes.tick}>{shown && <CheckIcon size={14} />}</span>
                }
                onClick={() => showColumn(id, !shown)}
              >
                {t(`column.${id}`)}
              </Menu.Item>
            );
          })}
        <Menu.Divider />
        <Menu.Label className={classes.hint ?? ''}>{t('columnsHint')}</Menu.Label>
      </Menu.Dropdown>
    </Menu>
  );
}
