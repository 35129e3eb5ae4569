/** The permission bits as a table of boxes, the special ones below. */
import { Checkbox } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import classes from './dialogs.module.css';
import { bitOf, classesOfUsers, permissions, specialBitOf, specialBits } from './mode-bits.ts';

interface ModeBoxesProps {
  readonly mode: number;
  readonly onChange: (mode: number) => void;
}

export function ModeBoxes({ mode, onChange }: ModeBoxesProps) {
  const { t } = useTranslation('files');
  const box = (bit: number, label: string, shown?: string) => (
    <Checkbox
      size="xs"
      aria-label={label}
      {...(shown && { label: shown })}
      checked={(mode & bit) !== 0}
      onChange={() => onChange(mode ^ bit)}
    />
  );
  return (
    <table className={classes.boxes}>
      <thead>
        <tr>
          <td />
          {permissions.map((permission) => (
            <th key={permission} scope="col">
              {t(`mode.${permission}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {classesOfUsers.map((user) => (
          <tr key={user}>
            <th scope="row">{t(`mode.${user}`)}</th>
            {permissions.map((permission) => (
              <td key={permission}>
                {box(bitOf(user, permission), `${t(`mode.${user}`)}: ${t(`mode.${permission}`)}`)}
              </td>
            ))}
          </tr>
        ))}
        <tr>
          <th scope="row">{t('mode.special')}</th>
          {specialBits.map((bit) => (
            <td key={bit}>{box(specialBitOf(bit), t(`mode.${bit}`), t(`mode.${bit}`))}</td>
          ))}
        </tr>
      </tbody>
    </table>
  );
}
