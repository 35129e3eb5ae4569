/** Pictures that only terminals need. */
import { icon } from '../ui/icons.tsx';

export const BroadcastIcon = icon(
  <>
    <circle cx="8" cy="8" r="1.4" />
    <path d="M5 11a4.2 4.2 0 0 1 0-6M11 5a4.2 4.2 0 0 1 0 6M3 13a7 7 0 0 1 0-10M13 3a7 7 0 0 1 0 10" />
  </>,
);

export const BellIcon = icon(<path d="M4 11V7.2a4 4 0 0 1 8 0V11l1 1.2H3L4 11ZM6.8 14h2.4" />);
