/** Lets xterm's DOM renderer colour its rows under our content security policy. */
import type { Terminal } from '@xterm/xterm';

/** The parts of xterm 6 behind its public face that lead to the renderer; its own addons reach for them too. */
interface Internals {
  readonly _core?: {
    readonly _renderService?: {
      readonly _renderer?: { readonly value?: { readonly _rowFactory?: RowFactory } };
    };
  };
}

interface RowFactory {
  _addStyle(element: HTMLElement, style: string): void;
  /** Gives the element a readable colour where its own is not. @returns whether it did */
  _applyMinimumContrast(
    element: HTMLElement,
    background: unknown,
    foreground: unknown,
    cell: { isInverse(): number },
    ...overrides: unknown[]
  ): boolean;
}

/**
 * xterm gives true colours, contrast and search marks to a row by `setAttribute('style', …)`, which the
 * policy forbids; the same text given to the CSSOM is allowed. Call it whenever a DOM renderer was made.
 */
export function styleRowsByCssom(terminal: Terminal): void {
  const rows = (terminal as unknown as Internals)._core?._renderService?._renderer?.value
    ?._rowFactory;
  if (!rows) return;
  rows._addStyle = (element, style) => {
    element.style.cssText += `${style};`;
  };
  // Reversed default text is measured against itself there and turns grey; its own class has the right colour.
  const apply = rows._applyMinimumContrast.bind(rows);
  rows._applyMinimumContrast = (element, background, foreground, cell, ...overrides) =>
    !(cell.isInverse() && background === foreground) &&
    apply(element, background, foreground, cell, ...overrides);
}
