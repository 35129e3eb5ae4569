/** The line between two panels, to be dragged or moved by keys, and the sizes it left them, remembered. */
import { Separator, useDefaultLayout } from 'react-resizable-panels';
import classes from './splitter.module.css';

/** @param orientation of the line itself */
export function Splitter({ orientation }: { readonly orientation: 'horizontal' | 'vertical' }) {
  return <Separator className={classes.splitter} data-line={orientation} />;
}

/** What a panel group needs so that its sizes outlive the page. */
export function useRememberedLayout(id: string, panelIds: string[]) {
  return useDefaultLayout({ id: `pilothouse-${id}`, panelIds, storage: localStorage });
}
