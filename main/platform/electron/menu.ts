/** The menu: what the operating system expects, by roles; no reload, no developer tools. */
import type { MenuItemConstructorOptions } from 'electron';
import type { DesktopTexts } from './desktop-texts.ts';

type Role = NonNullable<MenuItemConstructorOptions['role']>;

const separator: MenuItemConstructorOptions = { type: 'separator' };

export function menuTemplate(
  texts: DesktopTexts,
  system: NodeJS.Platform,
): MenuItemConstructorOptions[] {
  const item = (role: Role): MenuItemConstructorOptions => ({ role, label: texts(`menu.${role}`) });
  const edit = [
    item('undo'),
    item('redo'),
    separator,
    item('cut'),
    item('copy'),
    item('paste'),
    item('selectAll'),
  ];
  const view = [
    item('resetZoom'),
    item('zoomIn'),
    item('zoomOut'),
    separator,
    item('togglefullscreen'),
  ];
  const application =
    system === 'darwin'
      ? [
          item('about'),
          separator,
          item('hide'),
          item('hideOthers'),
          item('unhide'),
          separator,
          item('quit'),
        ]
      : [item('quit')];
  return [
    { label: 'Pilothouse', submenu: application },
    { label: texts('menu.edit'), submenu: edit },
    { label: texts('menu.view'), submenu: view },
    // Elsewhere Ctrl+W belongs to the shell in the terminal.
    ...(system === 'darwin'
      ? [{ label: texts('menu.window'), submenu: [item('minimize'), item('close')] }]
      : []),
  ];
}
