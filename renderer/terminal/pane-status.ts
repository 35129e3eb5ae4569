/** What a pane tells the dock about itself. */

export interface PaneSize {
  readonly columns: number;
  readonly rows: number;
}

/** Something that happened in a pane and is said in its bar; worded under `terminal:remarks`. */
export type PaneRemark =
  | 'clipboard-write-refused'
  | 'clipboard-write-too-large'
  | 'clipboard-write-failed'
  | 'clipboard-read-refused'
  | 'link-refused'
  | 'link-failed'
  | 'output-not-kept'
  | 'stream-failed';

export interface PaneStatus {
  /** What the program running there calls itself. Plain text. */
  readonly title: string;
  /** The address under the pointer, as it would be opened. */
  readonly link: string | 'refused' | undefined;
  readonly remark: PaneRemark | undefined;
  /** Where the search stands. */
  readonly matches: { readonly at: number; readonly of: number } | undefined;
}
