/** Of all pages, the one that answers what programs ask of their terminal or of the clipboard: two answers would be typed into the shell, two questions put to one person. */
import type { ByteStream } from '../../../preload/contract/byte-stream.ts';

export interface AnsweringPages {
  /** A page is there until its stream closes. @param isLookedAt it has the keyboard as it comes */
  join(page: ByteStream, isLookedAt: boolean): void;
}

const answers = Uint8Array.of(1);
const isSilent = Uint8Array.of(0);
/** Bytes a page may send ahead: each says that it is looked at. */
const creditBytes = 64;

/** The one looked at last or, when that goes, the one before it: one that is not looked at may be too slow for a program that waits. */
export function createAnsweringPages(): AnsweringPages {
  /** The last one answers. */
  let pages: readonly ByteStream[] = [];

  const tell = (page: ByteStream | undefined) =>
    page?.send(page === pages.at(-1) ? answers : isSilent);

  const arrange = (next: readonly ByteStream[]) => {
    const former = pages.at(-1);
    pages = next;
    if (former === next.at(-1)) return;
    tell(former);
    tell(next.at(-1));
  };

  return {
    join(page, isLookedAt) {
      const others = () => pages.filter((other) => other !== page);
      page.onBytes(({ length }) => {
        page.grant(length);
        arrange([...others(), page]);
      });
      page.onClose(() => arrange(others()));
      // Nothing can be told before.
      page.onCredit(() => tell(page));
      page.grant(creditBytes);
      arrange(isLookedAt ? [...pages, page] : [page, ...pages]);
    },
  };
}
