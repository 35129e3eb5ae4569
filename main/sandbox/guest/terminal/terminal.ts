/** The far end of a terminal: what is typed goes to the line editor, to the running command, or as keys to a program. */
import { once } from 'node:events';
import type { Duplex } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import type { ShellIo } from '../shell/shell-io.ts';
import type { PromptState, TerminalSize } from '../shell/shell-protocol.ts';
import { type Completion, LineEditor } from './line-editor.ts';

export interface TerminalOptions {
  readonly channel: Duplex;
  readonly size: TerminalSize;
  /** Oldest first; grows. */
  readonly history: string[];
  promptText(state: PromptState): string;
  complete(beforeCursor: string, directory: string): Completion | undefined;
  /** Ctrl-C while a command runs, or Ctrl-\ (`hard`). */
  onInterrupt(hard: boolean): void;
  onLine(line: string): void;
}

interface KeyWait {
  readonly resolve: (keys: string) => void;
  readonly timer: NodeJS.Timeout;
}

type LineWait = { readonly resolve: (line: string | null) => void; readonly silent: boolean };

const bracketedPaste = { on: '\x1b[?2004h', off: '\x1b[?2004l' };
const maxAhead = 64 * 1024;

export class Terminal implements ShellIo {
  readonly #options: TerminalOptions;
  readonly #decoder = new StringDecoder('utf8');
  #size: TerminalSize;
  #echo = true;
  #newlines = true;
  /** Typed, and not yet wanted by anyone. */
  #ahead = '';
  #editor: LineEditor | undefined;
  #onPromptLine: ((line: string | null) => void) | undefined;
  #line = '';
  #lineWait: LineWait | undefined;
  #keys = false;
  #keyWait: KeyWait | undefined;
  #released = new AbortController();
  /** After Ctrl-C, what a command still prints is dropped until the next prompt. */
  #dropping = false;
  /** Nothing more is typed; what was is still to be read. */
  #inputEnded = false;
  #closed = false;

  constructor(options: TerminalOptions) {
    this.#options = options;
    this.#size = options.size;
    options.channel.on('data', (bytes: Buffer) => this.#receive(this.#decoder.write(bytes)));
    options.channel.once('end', () => this.#endInput());
    options.channel.once('close', () => {
      this.#closed = true;
      this.#endInput();
      this.release();
    });
  }

  resize(size: TerminalSize): void {
    this.#size = size;
    if (this.#editor) this.#write(this.#editor.resize(size.columns));
    if (this.#keys) this.#giveKeys('');
  }

  terminalSize(): TerminalSize {
    return this.#size;
  }

  setTerminal({ echo, newlines }: { readonly echo?: boolean; readonly newlines?: boolean }): void {
    this.#echo = echo ?? this.#echo;
    this.#newlines = newlines ?? this.#newlines;
  }

  /** Text of our own, as a message of the day. */
  print(text: string): void {
    this.#write(text.replace(/\r?\n/g, '\r\n'));
  }

  async output(_stream: 'out' | 'error', data: Uint8Array): Promise<void> {
    if (this.#dropping || this.#closed) return;
    const { channel } = this.#options;
    const { signal } = this.#released;
    if (channel.write(this.#newlines ? withReturns(data) : data)) return;
    await once(channel, 'drain', { signal }).catch(() => {});
  }

  async prompt(state: PromptState): Promise<string | null> {
    this.#dropping = false;
    if (this.#closed) return null;
    const text = this.#options.promptText(state);
    const editor = new LineEditor({
      prompt: text,
      columns: this.#size.columns,
      history: this.#options.history,
      complete: (beforeCursor) => this.#options.complete(beforeCursor, state.directory),
    });
    this.#editor = editor;
    this.#write(bracketedPaste.on + editor.start());
    const line = await new Promise<string | null>((resolve) => {
      this.#onPromptLine = resolve;
      this.#receive('');
      if (this.#inputEnded) this.#endInput();
    });
    this.#editor = undefined;
    this.#onPromptLine = undefined;
    this.#write(bracketedPaste.off);
    return line;
  }

  readLine(prompt: string, silent: boolean): Promise<string | null> {
    // Ctrl-C came before the command had begun to read.
    if (this.#dropping) return Promise.resolve(null);
    this.#write(prompt);
    return new Promise((resolve) => {
      this.#lineWait = { resolve, silent };
      this.#receive('');
      if (this.#inputEnded) this.#endInput();
    });
  }

  async readInput(): Promise<Uint8Array> {
    let text = '';
    for (;;) {
      const line = await this.readLine('', false);
      if (line === null || this.#dropping) return Buffer.from(text);
      text += `${line}\n`;
    }
  }

  readKeys(timeoutMs: number): Promise<string> {
    if (this.#dropping) return Promise.resolve('\x03');
    this.#keys = true;
    if (this.#inputEnded && this.#ahead === '') return Promise.resolve('\x03');
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.#giveKeys(''), timeoutMs);
      this.#keyWait = { resolve, timer };
      this.#receive('');
    });
  }

  endKeys(): void {
    this.#keys = false;
  }

  release(): void {
    this.#released.abort();
    this.#released = new AbortController();
    this.#giveKeys('\x03');
    const wait = this.#lineWait;
    this.#lineWait = undefined;
    wait?.resolve(null);
  }

  /** A command was stopped: nothing more of it is shown. */
  drop(): void {
    this.#dropping = true;
    this.#keys = false;
    this.#ahead = '';
    this.#line = '';
    this.release();
  }

  #receive(text: string): void {
    this.#ahead = (this.#ahead + text).slice(0, maxAhead);
    if (this.#keys) {
      if (this.#keyWait && this.#ahead !== '') {
        const keys = this.#ahead;
        this.#ahead = '';
        this.#giveKeys(keys);
      }
    } else if (this.#editor) this.#edit(this.#editor);
    else this.#typeToCommand();
  }

  #endInput(): void {
    this.#inputEnded = true;
    this.#onPromptLine?.(null);
    const wait = this.#lineWait;
    this.#lineWait = undefined;
    wait?.resolve(null);
    this.#giveKeys('\x03');
  }

  #giveKeys(keys: string): void {
    const wait = this.#keyWait;
    this.#keyWait = undefined;
    if (!wait) return;
    clearTimeout(wait.timer);
    wait.resolve(keys);
  }

  #edit(editor: LineEditor): void {
    if (this.#ahead === '' || !this.#onPromptLine) return;
    const { output, event, rest } = editor.feed(this.#ahead);
    this.#ahead = rest;
    if (this.#echo) this.#write(output);
    if (!event) return;
    const done = this.#onPromptLine;
    this.#editor = undefined;
    if (event === 'interrupt') {
      this.#ahead = '';
      this.#options.onInterrupt(false);
      done('');
    } else if (event === 'end') done(null);
    else {
      this.#options.onLine(editor.text);
      done(editor.text);
    }
  }

  /** The kernel's line discipline: Ctrl-C at once, the rest by lines for whoever reads. */
  #typeToCommand(): void {
    const stop = Math.max(this.#ahead.lastIndexOf('\x03'), this.#ahead.lastIndexOf('\x1c'));
    if (stop >= 0) {
      const hard = this.#ahead[stop] === '\x1c';
      const rest = this.#ahead.slice(stop + 1);
      this.#write(hard ? '^\\' : '^C');
      if (!this.#newlines || this.#echo) this.#write('\r\n');
      this.drop();
      this.#ahead = rest;
      this.#options.onInterrupt(hard);
      return;
    }
    while (this.#lineWait && this.#ahead !== '') {
      const [key = ''] = this.#ahead;
      this.#ahead = this.#ahead.slice(key.length);
      this.#typeKey(key, this.#lineWait);
    }
  }

  #typeKey(key: string, wait: LineWait): void {
    const visible = this.#echo && !wait.silent;
    const finish = (line: string | null) => {
      this.#line = '';
      this.#lineWait = undefined;
      wait.resolve(line);
    };
    if (key === '\r' || key === '\n') {
      this.#write('\r\n');
      finish(this.#line);
    } else if (key === '\x04') {
      finish(this.#line === '' ? null : this.#line);
    } else if (key === '\x7f' || key === '\b') {
      if (this.#line !== '' && visible) this.#write('\b \b');
      this.#line = [...this.#line].slice(0, -1).join('');
    } else if (key >= ' ') {
      this.#line += key;
      if (visible) this.#write(key);
    }
  }

  #write(text: string): void {
    const { channel } = this.#options;
    if (text !== '' && !this.#closed && channel.writable) channel.write(text);
  }
}

/** `\n` as `\r\n`, as a terminal's driver does. */
function withReturns(data: Uint8Array): Uint8Array {
  const bytes = Buffer.from(data.buffer, data.byteOffset, data.length);
  if (!bytes.includes(10)) return bytes;
  return Buffer.from(bytes.toString('latin1').replaceAll('\n', '\r\n'), 'latin1');
}
