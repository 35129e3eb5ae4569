/** What a page announces to upload, part by part: checked, bounded, and known again when it is announced once more. */
import { createHash } from 'node:crypto';
import { refusal } from '../../../preload/contract/errors.ts';
import { checkItems, type UploadItem } from './upload-plan.ts';

/** More than anybody drops by intention; a page and this core hold each of them until it is sent. */
const mostItems = 100_000;

export class Announcement {
  /** What is told of so far, parents before what is in them. */
  readonly items: UploadItem[] = [];
  private readonly digest = createHash('sha256');
  private content: string | undefined;

  /**
   * @param more whether others follow
   * @throws CloudError invalid and quota `upload-too-many`
   */
  add(items: readonly UploadItem[], more: boolean): void {
    checkItems(items);
    if (this.items.length + items.length > mostItems) {
      throw refusal('quota', 'upload-too-many', { limit: mostItems });
    }
    for (const item of items) {
      const { path, kind, size, modifiedAt } = item;
      this.items.push(item);
      // When a directory was changed no page knows.
      this.digest.update(JSON.stringify([path, size, kind === 'file' && modifiedAt]));
    }
    if (!more) this.content = this.digest.digest('hex');
  }

  get isComplete(): boolean {
    return this.content !== undefined;
  }

  isSameAs({ content }: Announcement): boolean {
    return this.content !== undefined && this.content === content;
  }

  /** The items themselves are needed no more. */
  forget(): void {
    this.items.length = 0;
  }
}
