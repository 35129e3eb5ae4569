/** The few pictures the page needs, drawn on a 16-unit square in the text's own colour. */
import type { ReactNode } from 'react';

export interface IconProps {
  readonly size?: number;
}

/** A picture of that drawing, for pages that have pictures of their own. */
export const icon = (drawing: ReactNode) =>
  function Icon({ size = 16 }: IconProps) {
    return (
      <svg
        width={size}
        height={size}
        viewBox="0 0 16 16"
        fill="none"
        stroke="currentColor"
        strokeWidth={1.4}
        strokeLinecap="round"
        strokeLinejoin="round"
        aria-hidden
      >
        {drawing}
      </svg>
    );
  };

export const InstancesIcon = icon(
  <>
    <rect x="2" y="2.5" width="12" height="4.5" rx="1.2" />
    <rect x="2" y="9" width="12" height="4.5" rx="1.2" />
    <path d="M4.7 4.75h.01M4.7 11.25h.01M9.5 4.75h2M9.5 11.25h2" />
  </>,
);
export const TunnelsIcon = icon(
  <>
    <path d="M2 13V8a6 6 0 0 1 12 0v5" />
    <path d="M5.2 13V8.4a2.8 2.8 0 0 1 5.6 0V13M1.5 13.4h13" />
  </>,
);
export const SnapshotsIcon = icon(
  <>
    <rect x="2" y="4.5" width="12" height="9" rx="1.5" />
    <path d="M5.4 4.5 6.3 2.6h3.4l.9 1.9" />
    <circle cx="8" cy="9" r="2.3" />
  </>,
);
export const JobsIcon = icon(
  <>
    <path d="M2.5 4h11M2.5 8h11M2.5 12h11" strokeOpacity={0.45} />
    <path d="M2.5 4h8M2.5 8h4.5M2.5 12h6.5" />
  </>,
);
export const SettingsIcon = icon(
  <>
    <path d="M2 4.5h6.5M12 4.5h2M2 11.5h2M7.5 11.5H14" />
    <circle cx="10.2" cy="4.5" r="1.7" />
    <circle cx="5.7" cy="11.5" r="1.7" />
  </>,
);
export const SearchIcon = icon(
  <>
    <circle cx="7" cy="7" r="4.3" />
    <path d="m10.4 10.4 3.3 3.3" />
  </>,
);
export const CopyIcon = icon(
  <>
    <rect x="5.5" y="5.5" width="8" height="8" rx="1.5" />
    <path d="M10.5 3.4A1.2 1.2 0 0 0 9.4 2.5H4A1.5 1.5 0 0 0 2.5 4v5.4c0 .6.4 1 .9 1.1" />
  </>,
);
export const CheckIcon = icon(<path d="m3 8.6 3.2 3.2L13 4.8" />);
export const CloseIcon = icon(<path d="m4 4 8 8M12 4l-8 8" />);
export const PlusIcon = icon(<path d="M8 3v10M3 8h10" />);
export const MoreIcon = icon(<path d="M3.5 8h.01M8 8h.01M12.5 8h.01" strokeWidth={2.2} />);
export const ColumnsIcon = icon(
  <>
    <rect x="2" y="3" width="12" height="10" rx="1.5" />
    <path d="M6.2 3v10M10 3v10" />
  </>,
);
export const RefreshIcon = icon(
  <>
    <path d="M13.5 8a5.5 5.5 0 1 1-1.7-4" />
    <path d="M13.7 1.8v2.9h-2.9" />
  </>,
);
export const WarningIcon = icon(
  <>
    <path d="M8 2.3 14.3 13H1.7L8 2.3Z" />
    <path d="M8 6.4v3M8 11.2h.01" />
  </>,
);
export const InfoIcon = icon(
  <>
    <circle cx="8" cy="8" r="6" />
    <path d="M8 7.4v3.4M8 5.1h.01" />
  </>,
);
export const SortUpIcon = icon(<path d="M8 12.5v-9M4.5 7 8 3.5 11.5 7" />);
export const SortDownIcon = icon(<path d="M8 3.5v9M4.5 9 8 12.5 11.5 9" />);
export const LockedIcon = icon(
  <>
    <rect x="3.5" y="7" width="9" height="6.5" rx="1.5" />
    <path d="M5.5 7V5a2.5 2.5 0 0 1 5 0v2" />
  </>,
);
export const UnlockedIcon = icon(
  <>
    <rect x="3.5" y="7" width="9" height="6.5" rx="1.5" />
    <path d="M5.5 7V5a2.5 2.5 0 0 1 4.8-1" />
  </>,
);
export const ChevronIcon = icon(<path d="m6 4 4 4-4 4" />);
export const ArrowIcon = icon(<path d="M2.5 8h10.5M9.5 4.5 13 8l-3.5 3.5" />);
export const FilesIcon = icon(
  <>
    <path d="M2 12.2V4.3c0-.6.4-1 1-1h3.1l1.5 1.8H13c.6 0 1 .4 1 1v6.1c0 .6-.4 1-1 1H3c-.6 0-1-.4-1-1Z" />
    <path d="M2 7.6h12" strokeOpacity={0.45} />
  </>,
);
