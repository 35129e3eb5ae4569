/** Links in a terminal: opened only with Ctrl or Cmd held, through the one allow-list; the pointer shows where they really lead. */
import { WebLinksAddon } from '@xterm/addon-web-links';
import type { ILinkHandler, Terminal } from '@xterm/xterm';
import { allowedPage } from '../ui/open-page.ts';

export interface LinkActions {
  /** The address under the pointer as it would be opened, `refused` for one that never is, or nothing. */
  hover(target: string | 'refused' | undefined): void;
  open(url: string): void;
}

/** Installs both kinds: addresses in plain text, and OSC 8 links whose text may say something else. */
export function installLinks(terminal: Terminal, actions: LinkActions): void {
  const activate = (event: MouseEvent, text: string) => {
    if (event.ctrlKey || event.metaKey) actions.open(text);
  };
  const hover = (_event: MouseEvent, text: string) =>
    actions.hover(allowedPage(text)?.href ?? 'refused');
  const leave = () => actions.hover(undefined);
  const handler: ILinkHandler = { activate, hover, leave, allowNonHttpProtocols: true };
  terminal.options.linkHandler = handler;
  terminal.loadAddon(new WebLinksAddon(activate, { hover, leave }));
}
