/** The keys of the terminals, as they are on this machine. */
import { useTranslation } from 'react-i18next';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import classes from './keys-dialog.module.css';
import { closePaneKeys, keysText } from './pane-keys.ts';
import { useDock, useTerminalPool } from './terminal-pool-context.tsx';

export function KeysDialog() {
  const { t } = useTranslation('terminal');
  const { dock, keyboard } = useTerminalPool();
  const isShown = useDock(({ showingKeys }) => showingKeys);
  if (!isShown) return null;

  const close = () => dock.setState({ showingKeys: false });
  const by = (letter: string) => keysText(keyboard, letter);
  const control = keyboard === 'mac' ? 'Cmd' : 'Ctrl';
  const windows = keyboard === 'windows';
  const rows: readonly (readonly [string, string])[] = [
    [by('C') + (windows ? ' · Ctrl+C' : ''), t(windows ? 'keys.copyOrInterrupt' : 'menu.copy')],
    [by('V') + (windows ? ' · Ctrl+V' : ' · Shift+Insert'), t('menu.paste')],
    [by('F'), t('menu.search')],
    [by('T'), t('new')],
    [by('E'), t('split.right')],
    [by('O'), t('split.down')],
    [by('←→↑↓'), t('keys.paneTowards')],
    [by('J'), t('keys.nextPane')],
    [closePaneKeys(keyboard), t('keys.closePane')],
    [by('B'), t('keys.broadcast')],
    [by('L'), t('keys.leave')],
    ['Ctrl+PageDown · Ctrl+PageUp', t('keys.otherTab')],
    [`${control}+= · ${control}+- · ${control}+0`, t('keys.zoom')],
    ['F2 · Delete', t('keys.tab')],
    [t('keys.linkClick', { key: control }), t('keys.link')],
  ];
  return (
    <Dialog
      title={t('keys.title')}
      subtitle={t('keys.subtitle')}
      widthPx={520}
      onClose={close}
      onSubmit={close}
      footer={
        <Button look="main" submit data-autofocus>
          {t('keys.close')}
        </Button>
      }
    >
      <dl className={classes.keys}>
        {rows.map(([keys, meaning]) => (
          <div key={keys}>
            <dt>
              <kbd>{keys}</kbd>
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
