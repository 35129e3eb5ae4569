/** Drawing by WebGL while a pane is seen; without it, or after the context is lost, xterm draws by DOM. */
import { WebglAddon } from '@xterm/addon-webgl';
import type { Terminal } from '@xterm/xterm';

export interface WebglDrawing {
  start(): void;
  stop(): void;
}

export function createWebglDrawing(terminal: Terminal): WebglDrawing {
  let addon: WebglAddon | undefined;
  // A context that was lost once is likely to be lost again: this pane stays with the DOM.
  let refused = false;

  const stop = () => {
    const stopped = addon;
    if (!stopped) return;
    addon = undefined;
    const canvases = terminal.element?.querySelectorAll('canvas') ?? [];
    const contexts = [...canvases].map((canvas) => canvas.getContext('webgl2'));
    stopped.dispose();
    // Disposing keeps the context alive (xterm.js#6068), and a page has about sixteen.
    for (const context of contexts) context?.getExtension('WEBGL_lose_context')?.loseContext();
  };

  return {
    start() {
      if (addon || refused) return;
      try {
        const next = new WebglAddon();
        next.onContextLoss(() => {
          refused = true;
          stop();
        });
        terminal.loadAddon(next);
        addon = next;
      } catch {
        // No WebGL 2 here.
        refused = true;
      }
    },
    stop,
  };
}
