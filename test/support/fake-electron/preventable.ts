/** An event as Electron gives it to listeners who may refuse what is about to happen. */

export interface Preventable {
  readonly defaultPrevented: boolean;
  preventDefault(): void;
}

export function preventable<Fields extends object>(fields?: Fields): Fields & Preventable {
  let defaultPrevented = false;
  return Object.defineProperty(
    {
      ...fields,
      preventDefault() {
        defaultPrevented = true;
      },
    },
    'defaultPrevented',
    { get: () => defaultPrevented },
  ) as Fields & Preventable;
}
