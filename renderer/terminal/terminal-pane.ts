/** One terminal on the page: an xterm, its element, and its end of the session's stream. Lives outside the React tree. */
import { FitAddon } from '@xterm/addon-fit';
import { SearchAddon } from '@xterm/addon-search';
import { UnicodeGraphemesAddon } from '@xterm/addon-unicode-graphemes';
import { Terminal } from '@xterm/xterm';
import '@xterm/xterm/css/xterm.css';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Preferences } from '../../preload/contract/settings.ts';
import type { Terminal as Session } from '../../preload/contract/terminals.ts';
import { installClipboard } from './pane-clipboard.ts';
import { dockCommand } from './pane-keys.ts';
import { installLinks } from './pane-links.ts';
import type { PaneSize, PaneStatus } from './pane-status.ts';
import { type Paste, sanitisePaste } from './sanitise-paste.ts';
import type { SessionStream } from './session-stream.ts';
import { styleRowsByCssom } from './styled-rows.ts';
import { isTerminalReport } from './terminal-report.ts';
import {
  type ColorScheme,
  searchDecorations,
  terminalFontFamily,
  terminalThemes,
} from './terminal-theme.ts';
import { cleanTitle } from './terminal-title.ts';
import { createWebglDrawing, type WebglDrawing } from './webgl-drawing.ts';

const lowestContrast = 4.5;
const resizeDelayMs = 80;
/** Output drawn within this time of the first counts as kept from earlier. */
const replayMs = 1000;

/**
 * A new line, and undone what a program may have left behind: the other screen, mouse and paste reports, a
 * hidden cursor, other keys.
 */
const newShell = '\r\n\u001b[?1049;1000;1002;1003;1006;2004;1l\u001b[?25h\u001b[!p';

type SessionState = Session['state'];

export interface PaneDependencies {
  readonly id: string;
  readonly preferences: Preferences['terminal'];
  readonly scheme: ColorScheme;
  readonly mac: boolean;
  /** The session was running before this page saw it: what is drawn first happened earlier. */
  readonly replays: boolean;
  /** Called with the pane's own output end; the stream is attached once the pane knows its size. */
  createStream(output: {
    write(bytes: Uint8Array, drawn: () => void): void;
    restart(): void;
  }): SessionStream;
  resized(size: PaneSize): void;
  openLink(url: string): void;
  /** A paste that a person must look at first; `raw` is what the clipboard held. */
  askPaste(paste: Paste, raw: string): void;
}

export class TerminalPane {
  readonly id: string;
  readonly element = document.createElement('div');
  readonly status: StoreApi<PaneStatus> = createStore<PaneStatus>(() => ({
    title: '',
    link: undefined,
    remark: undefined,
    matches: undefined,
  }));
  private readonly terminal: Terminal;
  private readonly fitAddon = new FitAddon();
  private readonly searchAddon = new SearchAddon();
  private readonly drawing: WebglDrawing;
  private readonly stream: SessionStream;
  private readonly dependencies: PaneDependencies;
  private readonly observer = new ResizeObserver(() => this.fitSoon());
  private scheme: ColorScheme;
  private copyOnSelect: boolean;
  private replaying: boolean;
  private replayTimer: ReturnType<typeof setTimeout> | undefined;
  private fitTimer: ReturnType<typeof setTimeout> | undefined;
  private told: PaneSize | undefined;
  private state: SessionState | undefined;

  constructor(dependencies: PaneDependencies) {
    const { id, preferences, scheme } = dependencies;
    this.id = id;
    this.dependencies = dependencies;
    this.scheme = scheme;
    this.copyOnSelect = preferences.copyOnSelect;
    this.replaying = dependencies.replays;
    this.element.style.cssText = 'width: 100%; height: 100%';
    this.terminal = new Terminal({
      allowProposedApi: true,
      cursorBlink: preferences.cursorBlink,
      drawBoldTextInBrightColors: false,
      fontFamily: terminalFontFamily,
      fontSize: preferences.fontSizePx,
      lineHeight: 1.05,
      minimumContrastRatio: lowestContrast,
      rightClickSelectsWord: false,
      screenReaderMode: preferences.screenReader,
      scrollback: preferences.scrollbackLines,
      theme: terminalThemes[scheme],
    });
    this.terminal.loadAddon(this.fitAddon);
    this.terminal.loadAddon(this.searchAddon);
    // Selects grapheme clusters as the measure of width: CJK two columns, a joined emoji one character.
    this.terminal.loadAddon(new UnicodeGraphemesAddon());
    this.drawing = createWebglDrawing(this.terminal, () => this.fitSoon());
    this.stream = dependencies.createStream({
      write: (bytes, drawn) => this.write(bytes, drawn),
      restart: () => this.restart(),
    });
    this.listen();
  }

  /** Puts the pane into a container that is on the page, draws it there, and joins the session. */
  show(container: HTMLElement): void {
    container.append(this.element);
    if (!this.terminal.element) {
      this.terminal.open(this.element);
      styleRowsByCssom(this.terminal);
    }
    this.drawing.start();
    this.observer.observe(container);
    this.fit();
    this.stream.attach();
  }

  /** Takes the pane off the page; the session runs on and its output is kept up with. */
  hide(): void {
    this.observer.disconnect();
    clearTimeout(this.fitTimer);
    this.drawing.stop();
    this.element.remove();
  }

  focus(): void {
    this.terminal.focus();
  }

  /** Joins the session without being seen, at the size the pane will have. */
  attachUnseen(size: PaneSize): void {
    if (this.element.isConnected) return;
    this.terminal.resize(size.columns, size.rows);
    this.stream.attach();
  }

  /** The channel is back. */
  reattach(): void {
    if (this.told) this.dependencies.resized(this.told);
    this.stream.attach();
  }

  /** Follows the session: what is typed waits while there is no shell, and is forgotten with the shell it was for. */
  follow(state: SessionState): void {
    if (state === this.state) return;
    const former = this.state;
    this.state = state;
    if (state === 'closed' || state === 'failed') this.stream.dropInput();
    if (state === 'connecting' && former !== undefined) this.terminal.write(newShell);
    this.stream.setShell(state === 'open');
    if (state === 'open') this.reattach();
  }

  apply(preferences: Preferences['terminal'], scheme: ColorScheme): void {
    const { options } = this.terminal;
    this.scheme = scheme;
    this.copyOnSelect = preferences.copyOnSelect;
    options.cursorBlink = preferences.cursorBlink;
    options.fontSize = preferences.fontSizePx;
    options.screenReaderMode = preferences.screenReader;
    options.scrollback = preferences.scrollbackLines;
    options.theme = terminalThemes[scheme];
    this.fitSoon();
  }

  selection(): string {
    return this.terminal.getSelection();
  }

  selectAll(): void {
    this.terminal.selectAll();
  }

  clear(): void {
    this.terminal.clear();
  }

  find(text: string, direction: 'next' | 'previous', incremental = false): void {
    const options = { decorations: searchDecorations[this.scheme], incremental };
    if (direction === 'next') this.searchAddon.findNext(text, options);
    else this.searchAddon.findPrevious(text, options);
  }

  endSearch(): void {
    this.searchAddon.clearDecorations();
    this.terminal.clearSelection();
    this.status.setState({ matches: undefined });
  }

  /** Takes the clipboard's text: types it when nothing speaks against it, else asks. */
  paste(raw: string): void {
    const paste = sanitisePaste(raw);
    if (paste.concerns.length > 0) this.dependencies.askPaste(paste, raw);
    else this.type(paste);
  }

  /** Types what was sanitised, as a bracketed paste where the shell asked for that. */
  type(paste: Paste): void {
    this.terminal.paste(paste.text);
    this.terminal.scrollToBottom();
  }

  remark(remark: PaneStatus['remark']): void {
    this.status.setState({ remark });
  }

  dispose(): void {
    this.hide();
    clearTimeout(this.replayTimer);
    this.stream.detach();
    this.terminal.dispose();
  }

  private listen(): void {
    const { terminal, dependencies } = this;
    const encoder = new TextEncoder();
    terminal.onData((data) => {
      if (this.replaying && isTerminalReport(data)) return;
      this.stream.send(encoder.encode(data));
    });
    terminal.onBinary((data) => {
      this.stream.send(Uint8Array.from(data, (character) => character.charCodeAt(0)));
    });
    terminal.onTitleChange((title) => this.status.setState({ title: cleanTitle(title) }));
    this.searchAddon.onDidChangeResults(({ resultIndex, resultCount }) => {
      this.status.setState({ matches: { at: resultIndex + 1, of: resultCount } });
    });
    // The keys of the dock bubble on to it; the browser's own paste key makes a paste event.
    terminal.attachCustomKeyEventHandler(
      (event) => dockCommand(event, dependencies.mac) === undefined,
    );
    installLinks(terminal, {
      hover: (link) => this.status.setState({ link }),
      open: (url) => dependencies.openLink(url),
    });
    installClipboard(terminal, this.element, {
      paste: (raw) => this.paste(raw),
      writeRefused: () => this.remark('clipboard-write-refused'),
      copiesOnSelect: () => this.copyOnSelect,
    });
  }

  private write(bytes: Uint8Array, drawn: () => void): void {
    const offset = this.stream.offset;
    this.terminal.write(bytes, () => {
      drawn();
      // How far the session's output has been drawn, for who watches from outside.
      this.element.dataset.drawnBytes = String(offset);
      if (this.replaying) this.endReplayLater();
    });
  }

  private restart(): void {
    // Through the same queue as the output, so that what was received before is not drawn after.
    this.terminal.write('\u001bc');
    this.remark('output-not-kept');
  }

  private endReplayLater(): void {
    this.replayTimer ??= setTimeout(() => {
      this.replaying = false;
    }, replayMs);
  }

  private fitSoon(): void {
    clearTimeout(this.fitTimer);
    this.fitTimer = setTimeout(() => this.fit(), resizeDelayMs);
  }

  private fit(): void {
    // A hidden pane has no size: the shell keeps the last one.
    if (!this.element.isConnected || this.element.clientHeight === 0) return;
    this.fitAddon.fit();
    const size = { columns: this.terminal.cols, rows: this.terminal.rows };
    if (this.told?.columns === size.columns && this.told.rows === size.rows) return;
    this.told = size;
    this.dependencies.resized(size);
  }
}
