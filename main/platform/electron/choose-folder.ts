/** The system's dialog for a folder to save in, attached to the window that asks. */
import type { Electron } from './electron.ts';

/** @returns undefined when it is called off */
export async function chooseFolder({
  BrowserWindow,
  dialog,
}: Pick<Electron, 'BrowserWindow' | 'dialog'>): Promise<string | undefined> {
  const options = { properties: ['openDirectory' as const, 'createDirectory' as const] };
  const window = BrowserWindow.getFocusedWindow();
  const { canceled, filePaths } = await (window
    ? dialog.showOpenDialog(window, options)
    : dialog.showOpenDialog(options));
  return canceled ? undefined : filePaths[0];
}
