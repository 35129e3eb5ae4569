/** Drawing by WebGL while a pane is seen; without a graphics card, or after the context is lost, xterm draws by DOM. */
import { WebglAddon } from '@xterm/addon-webgl';
import type { Terminal } from '@xterm/xterm';
import { styleRowsByCssom } from './styled-rows.ts';

export interface WebglDrawing {
  start(): void;
  stop(): void;
}

/** @param lost called when the DOM takes over while the pane is seen: its cells may measure otherwise */
export function createWebglDrawing(terminal: Terminal, lost: () => void): WebglDrawing {
  let addon: WebglAddon | undefined;
  /** Known once it was seen: a page has many panes and about sixteen contexts. */
  let refused: boolean | undefined;

  const stop = () => {
    const stopped = addon;
    if (!stopped) return;
    addon = undefined;
    const canvases = terminal.element?.querySelectorAll('canvas') ?? [];
    const contexts = [...canvases].map((canvas) => canvas.getContext('webgl2'));
    stopped.dispose();
    // Disposing keeps the context alive (xterm.js#6068), and a page has about sixteen.
    for (const context of contexts) context?.getExtension('WEBGL_lose_context')?.loseContext();
    styleRowsByCssom(terminal);
  };

  return {
    start() {
      // WebGL in software costs three times what the DOM does, in tasks that block the page.
      refused ??= !isAccelerated();
      if (addon || refused) return;
      try {
        const next = new WebglAddon();
        next.onContextLoss(() => {
          // Lost once, it is likely to be lost again: this pane stays with the DOM.
          refused = true;
          stop();
          lost();
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

/** What software that plays a graphics card calls itself. */
const softwareRenderer = /swiftshader|llvmpipe|softpipe|software|basic render/i;

function isAccelerated(): boolean {
  const context = document.createElement('canvas').getContext('webgl2');
  if (!context) return false;
  const info = context.getExtension('WEBGL_debug_renderer_info');
  const name: unknown = context.getParameter(info?.UNMASKED_RENDERER_WEBGL ?? context.RENDERER);
  context.getExtension('WEBGL_lose_context')?.loseContext();
  return !softwareRenderer.test(String(name));
}
