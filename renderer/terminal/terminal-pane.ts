/** One terminal on the page: an xterm, its element, and its end of the session's stream. Lives outside the React tree. */
import { FitAddon } from '@xterm/addon-fit';
import { SearchAddon } from '@xterm/addon-search';
import { SerializeAddon } from '@xterm/addon-serialize';
import { UnicodeGraphemesAddon } from '@xterm/addon-unicode-graphemes';
import { Terminal } from '@xterm/xterm';
import '@xterm/xterm/css/xterm.css';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Preferences } from '../../preload/contract/settings.ts';
import type { Terminal as Session } from '../../preload/contract/terminals.ts';
import type { ClipboardRequest } from './clipboard-request.ts';
import { openOnPage } from './open-on-page.ts';
import { installClipboard } from './pane-clipboard.ts';
import type { KeyPress } from './pane-keys.ts';
import { installLinks } from './pane-links.ts';
import { createPaneOutput, type PaneOutput } from './pane-output.ts';
import type { PaneSize, PaneStatus } from './pane-status.ts';
import { type Paste, sanitisePaste } from './sanitise-paste.ts';
import { serializeScreen } from './serialize-screen.ts';
import type { SessionWords } from './session-calls.ts';
import type { SessionOutput, SessionStream } from './session-stream.ts';
import { changingOptions, fixedOptions } from './terminal-options.ts';
import { isTerminalReport } from './terminal-report.ts';
import { type ColorScheme, searchDecorationsOf } from './terminal-theme.ts';
import { cleanTitle } from './terminal-title.ts';
import { isTyping, keysFor } from './typed-keys.ts';
import { createWebglDrawing, type WebglDrawing } from './webgl-drawing.ts';

const resizeDelayMs = 80;

type SessionState = Session['state'];

export interface PaneDependencies {
  readonly id: string;
  readonly preferences: Preferences['terminal'];
  readonly scheme: ColorScheme;
  /** Whether the key is the dock's and not the shell's. */
  isDockKey(press: KeyPress, selected: boolean): boolean;
  screenReaderWords: SessionWords['screenReader'];
  /** Called with the pane's own output end; the stream is attached once the pane knows its size. */
  createStream(output: Omit<SessionOutput, 'failed'>): SessionStream;
  resized(size: PaneSize): void;
  openLink(url: string): void;
  /** Whether programs get their answers from this page. */
  answers(): boolean;
  /** A person typed: here, or wherever else it is to go. */
  typed(data: string): void;
  /** A paste that a person must look at first; `raw` is what the clipboard held. */
  askPaste(paste: Paste, raw: string): void;
  /** A paste nothing speaks against. */
  pasted(paste: Paste): void;
  /** A program asks for the clipboard. */
  clipboardAsked(request: ClipboardRequest): void;
  rang(): void;
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
  private readonly serializeAddon = new SerializeAddon();
  private readonly drawing: WebglDrawing;
  private readonly output: PaneOutput;
  private readonly stream: SessionStream;
  private readonly dependencies: PaneDependencies;
  private readonly observer = new ResizeObserver(() => this.fitSoon());
  private scheme: ColorScheme;
  private preferences: Preferences['terminal'];
  private fitTimer: ReturnType<typeof setTimeout> | undefined;
  private told: PaneSize | undefined;
  private state: SessionState | undefined;
  private isForHereOnly = false;
  private drawn = 0;

  constructor(dependencies: PaneDependencies) {
    const { id, preferences, scheme } = dependencies;
    this.id = id;
    this.dependencies = dependencies;
    this.scheme = scheme;
    this.preferences = preferences;
    this.element.style.cssText = 'width: 100%; height: 100%';
    this.terminal = new Terminal({ ...fixedOptions, ...changingOptions(preferences, scheme) });
    this.terminal.loadAddon(this.fitAddon);
    this.terminal.loadAddon(this.searchAddon);
    this.terminal.loadAddon(this.serializeAddon);
    // Selects grapheme clusters as the measure of width: CJK two columns, a joined emoji one character.
    this.terminal.loadAddon(new UnicodeGraphemesAddon());
    this.drawing = createWebglDrawing(this.terminal, () => this.fitSoon());
    this.output = createPaneOutput(this.terminal, (offset) => {
      this.drawn = offset;
      // For who watches from outside.
      this.element.dataset.drawnBytes = String(offset);
    });
    this.stream = dependencies.createStream({
      write: (bytes, isHistory, drawn) =>
        this.output.write(bytes, isHistory, this.stream.offset, drawn),
      restore: (screen) => this.output.restore(screen),
      restart: () => {
        this.output.restart();
        this.remark('output-not-kept');
      },
    });
    this.listen();
  }

  /** Puts the pane into a container that is on the page, draws it there, and joins the session. */
  show(container: HTMLElement): void {
    container.append(this.element);
    if (!this.terminal.element) {
      openOnPage(this.terminal, this.element, this.dependencies.screenReaderWords());
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

  get isSeen(): boolean {
    return this.element.isConnected;
  }

  /** How far the session's output has been drawn. */
  get drawnBytes(): number {
    return this.drawn;
  }

  focus(): void {
    this.terminal.focus();
  }

  /** Joins the session without being seen, at the size the pane will have. */
  attachUnseen(size: PaneSize): void {
    if (this.isSeen) return;
    // One that was seen has the size its programs draw for.
    if (!this.told) this.terminal.resize(size.columns, size.rows);
    this.stream.attach();
  }

  /** The channel is back, or the keyboard: another page may have told another size meanwhile. */
  reattach(): void {
    if (this.told) this.dependencies.resized(this.told);
    this.stream.attach();
  }

  follow(state: SessionState): void {
    if (state === this.state) return;
    this.state = state;
    this.stream.follow(state);
    if (state === 'open') this.reattach();
  }

  apply(preferences: Preferences['terminal'], scheme: ColorScheme): void {
    this.preferences = preferences;
    this.scheme = scheme;
    Object.assign(this.terminal.options, changingOptions(preferences, scheme));
    this.fitSoon();
  }

  selection(): string {
    return this.terminal.getSelection();
  }

  selectAll(): void {
    this.terminal.selectAll();
  }

  clearSelection(): void {
    this.terminal.clearSelection();
  }

  clear(): void {
    this.terminal.clear();
  }

  find(text: string, direction: 'next' | 'previous', incremental = false): void {
    const decorations = searchDecorationsOf(this.preferences.theme, this.scheme);
    const options = { decorations, incremental };
    if (direction === 'next') this.searchAddon.findNext(text, options);
    else this.searchAddon.findPrevious(text, options);
  }

  endSearch(): void {
    this.searchAddon.clearDecorations();
    this.terminal.clearSelection();
    this.status.setState({ matches: undefined });
  }

  /** What stands on the screen and the last of what is above it; undefined when that is too much to keep. */
  screen(): string | undefined {
    return serializeScreen(this.serializeAddon);
  }

  /** Sends what was typed, here or in another pane. */
  send(data: string): void {
    const { applicationCursorKeysMode } = this.terminal.modes;
    this.sendAsIs(keysFor(data, applicationCursorKeysMode));
  }

  /** Takes the clipboard's text: types it when nothing speaks against it, else asks. */
  paste(raw: string): void {
    const paste = sanitisePaste(raw);
    if (paste.concerns.length > 0) this.dependencies.askPaste(paste, raw);
    else this.dependencies.pasted(paste);
  }

  /** Types what was sanitised, here only, as a bracketed paste where the shell asked for that. */
  type(paste: Paste): void {
    const { bracketedPasteMode } = this.terminal.modes;
    this.sendAsIs(bracketedPasteMode ? `\u001b[200~${paste.text}\u001b[201~` : paste.text);
    this.terminal.scrollToBottom();
  }

  remark(remark: PaneStatus['remark']): void {
    this.status.setState({ remark });
  }

  dispose(): void {
    this.hide();
    this.stream.detach();
    this.terminal.dispose();
  }

  private listen(): void {
    const { terminal, dependencies, output } = this;
    terminal.onData((data) => {
      if (isTerminalReport(data) && (output.isReplaying || !dependencies.answers())) return;
      if (!this.isForHereOnly && isTyping(data)) dependencies.typed(data);
      else this.sendAsIs(data);
    });
    // In a program that fills the screen the wheel comes as arrow keys; a shell would leaf through its history.
    terminal.attachCustomWheelEventHandler(() => {
      this.isForHereOnly = true;
      queueMicrotask(() => {
        this.isForHereOnly = false;
      });
      return true;
    });
    terminal.onBinary((data) => {
      this.stream.send(Uint8Array.from(data, (character) => character.charCodeAt(0)));
    });
    terminal.onBell(() => {
      if (!output.isReplaying) dependencies.rang();
    });
    terminal.onTitleChange((title) => this.status.setState({ title: cleanTitle(title) }));
    this.searchAddon.onDidChangeResults(({ resultIndex, resultCount }) => {
      this.status.setState({ matches: { at: resultIndex + 1, of: resultCount } });
    });
    // The keys of the dock bubble on to it; the browser's own paste key makes a paste event.
    terminal.attachCustomKeyEventHandler(
      (event) => !dependencies.isDockKey(event, terminal.hasSelection()),
    );
    installLinks(terminal, {
      hover: (link) => this.status.setState({ link }),
      open: (url) => dependencies.openLink(url),
    });
    installClipboard(terminal, this.element, {
      paste: (raw) => this.paste(raw),
      asked: (request) => {
        if (!output.isReplaying) dependencies.clipboardAsked(request);
      },
      copiesOnSelect: () => this.preferences.copyOnSelect,
    });
  }

  private sendAsIs(data: string): void {
    this.stream.send(new TextEncoder().encode(data));
  }

  private fitSoon(): void {
    clearTimeout(this.fitTimer);
    this.fitTimer = setTimeout(() => this.fit(), resizeDelayMs);
  }

  private fit(): void {
    // A hidden pane has no size: the shell keeps the last one.
    if (!this.isSeen || this.element.clientHeight === 0) return;
    this.fitAddon.fit();
    const size = { columns: this.terminal.cols, rows: this.terminal.rows };
    if (this.told?.columns === size.columns && this.told.rows === size.rows) return;
    this.told = size;
    this.dependencies.resized(size);
  }
}
