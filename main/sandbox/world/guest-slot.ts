/** One instance's guest: started and stopped as the instance's status wants it, its files stored as they change. */
import type { FileTree, Guest } from '../guest/guest.ts';

export interface GuestSlotOptions {
  start(onFilesChanged: () => void): Promise<Guest>;
  /** Keeps the files; called one at a time. */
  store(files: { root: FileTree; datadrive: FileTree | undefined }): void;
  onError(doing: string, error: unknown): void;
}

const storeAfterMs = 500;

export class GuestSlot {
  readonly #options: GuestSlotOptions;
  #guest: Guest | undefined;
  #wanted = false;
  #work: Promise<void> = Promise.resolve();
  #storing: Promise<void> = Promise.resolve();
  #changed = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: GuestSlotOptions) {
    this.#options = options;
  }

  get guest(): Guest | undefined {
    return this.#guest;
  }

  /** Resolves when it is so, or cannot be made so. */
  want(running: boolean): Promise<void> {
    if (this.#wanted === running) return this.#work;
    this.#wanted = running;
    this.#work = this.#work.then(() => this.#change());
    return this.#work;
  }

  /** Stores what changed and is not stored yet. */
  flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#storing = this.#storing.then(() => this.#store());
    return this.#storing;
  }

  async #change(): Promise<void> {
    if (this.#wanted === (this.#guest !== undefined)) return;
    try {
      if (this.#wanted) this.#guest = await this.#options.start(() => this.#onFilesChanged());
      else await this.#stop();
    } catch (error) {
      this.#options.onError(this.#wanted ? 'start' : 'stop', error);
    }
  }

  async #stop(): Promise<void> {
    // Stored even when nothing was said to have changed: a snapshot must have what is there now.
    this.#changed = true;
    await this.flush();
    const guest = this.#guest;
    this.#guest = undefined;
    await guest?.stop();
  }

  #onFilesChanged(): void {
    this.#changed = true;
    this.#timer ??= setTimeout(() => void this.flush(), storeAfterMs).unref();
  }

  async #store(): Promise<void> {
    if (!this.#changed || !this.#guest) return;
    this.#changed = false;
    try {
      this.#options.store(await this.#guest.exportFiles());
    } catch (error) {
      this.#changed = true;
      this.#options.onError('store the files of', error);
    }
  }
}
