/** What a files page shows. */

/** A directory of an instance; the empty path is the home directory. */
export interface Place {
  readonly instance: string;
  readonly path: string;
}
