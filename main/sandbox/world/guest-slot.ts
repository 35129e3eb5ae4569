/** One instance's guest: started and stopped as the instance's status wants it, its files stored as they change. */
import type { FileTree, Guest } from '../guest/guest.ts';

export interface GuestSlotOptions {
  start(onFilesChanged: () => void): Promise<Guest>;
  /** Keeps the files; called one at a time. */
  store(files: { root: FileTree; datadrive: FileTree | undefined }): void;
  onError(doing: string, error: unknown): void;
}

const storeAfterMs = 500;
/** However much there is to store, it takes at most this share of the time. */
const storingShare = 0.05;
const longestWaitMs = 20_000;

export class GuestSlot {
  readonly #options: GuestSlotOptions;
  #guest: Guest | undefined;
  #wanted = false;
  #work: Promise<void> = Promise.resolve();
  #storing: Promise<void> = Promise.resolve();
  #changed = false;
  #timer: NodeJS.Timeout | undefined;
  #storeAfterMs = storeAfterMs;

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
    this.#timer ??= setTimeout(() => void this.flush(), this.#storeAfterMs).unref();
  }

  async #store(): Promise<void> {
    if (!this.#changed || !this.#guest) return;
    this.#changed = false;
    const startedAt = performance.now();
    try {
      this.#options.store(await this.#guest.exportFiles());
      const waitMs = (performance.now() - startedAt) / storingShare;
      this.#storeAfterMs = Math.min(longestWaitMs, Math.max(storeAfterMs, waitMs));
    } catch (error) {
      this.#changed = true;
      this.#options.onError('store the files of', error);
    }
  }
}
