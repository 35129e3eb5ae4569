/** What is chosen in a directory: several names, the one the keyboard is on, and the one a range is drawn from. */

export interface Selection {
  readonly names: ReadonlySet<string>;
  /** The name the keyboard is on. */
  readonly cursor: string | undefined;
  readonly anchor: string | undefined;
}

export const nothingSelected: Selection = {
  names: new Set(),
  cursor: undefined,
  anchor: undefined,
};

export function selectOne(name: string): Selection {
  return { names: new Set([name]), cursor: name, anchor: name };
}

/** Adds the name, or takes it out again. */
export function toggleName(selection: Selection, name: string): Selection {
  const names = new Set(selection.names);
  if (!names.delete(name)) names.add(name);
  return { names, cursor: name, anchor: name };
}

/** From the anchor to the name, both included; what was chosen before is let go unless it is to be kept. */
export function selectTo(
  order: readonly string[],
  selection: Selection,
  name: string,
  keep = false,
): Selection {
  const to = order.indexOf(name);
  const from = selection.anchor === undefined ? to : order.indexOf(selection.anchor);
  if (to < 0) return selection;
  const [first, last] = from < 0 ? [to, to] : [Math.min(from, to), Math.max(from, to)];
  const range = order.slice(first, last + 1);
  return {
    names: new Set(keep ? [...selection.names, ...range] : range),
    cursor: name,
    anchor: from < 0 ? name : selection.anchor,
  };
}

export function selectAll(order: readonly string[], selection: Selection): Selection {
  return { ...selection, names: new Set(order) };
}

/** Lets go of what is no longer shown, and keeps the keyboard near where it was. */
export function keepShown(
  selection: Selection,
  order: readonly string[],
  cursorAt: number,
): Selection {
  const shown = new Set(order);
  const names = [...selection.names].filter((name) => shown.has(name));
  const isLost = selection.cursor !== undefined && !shown.has(selection.cursor);
  if (names.length === selection.names.size && !isLost) return selection;
  const cursor = isLost
    ? order[Math.min(Math.max(0, cursorAt), order.length - 1)]
    : selection.cursor;
  const anchor =
    selection.anchor !== undefined && shown.has(selection.anchor) ? selection.anchor : cursor;
  return { names: new Set(names), cursor, anchor };
}
