/** Pictures of the files page. */
import { icon } from '../ui/icons.tsx';

export const DirectoryIcon = icon(
  <path d="M2 12.2V4.3c0-.6.4-1 1-1h3.1l1.5 1.8H13c.6 0 1 .4 1 1v6.1c0 .6-.4 1-1 1H3c-.6 0-1-.4-1-1Z" />,
);
export const LinkedDirectoryIcon = icon(
  <>
    <path d="M7 13.2H3c-.6 0-1-.4-1-1V4.3c0-.6.4-1 1-1h3.1l1.5 1.8H13c.6 0 1 .4 1 1V8" />
    <path d="M9.2 13.4c.2-2 1.4-3 3.6-3M11.4 8.8l1.8 1.6-1.8 1.6" />
  </>,
);
export const FileIcon = icon(
  <>
    <path d="M4 2h5l3 3v8.2c0 .5-.3.8-.8.8H4.8c-.5 0-.8-.3-.8-.8V2Z" />
    <path d="M9 2v3h3" />
  </>,
);
export const LinkedFileIcon = icon(
  <>
    <path d="M7 14H4.8c-.5 0-.8-.3-.8-.8V2h5l3 3v2.6M9 2v3h3" />
    <path d="M9.2 13.9c.2-2 1.4-3 3.6-3M11.4 9.3l1.8 1.6-1.8 1.6" />
  </>,
);
export const OddFileIcon = icon(
  <>
    <rect x="3" y="3" width="10" height="10" rx="2" strokeDasharray="2 1.6" />
    <path d="M8 6v2.6M8 10.6h.01" />
  </>,
);
export const UpIcon = icon(<path d="M8 13V3.5M4 7.2l4-4 4 4" />);
export const BackIcon = icon(<path d="M13 8H3.5M7.2 4l-4 4 4 4" />);
export const ForwardIcon = icon(<path d="M3 8h9.5M8.8 4l4 4-4 4" />);
export const UploadIcon = icon(
  <path d="M8 10.5v-8M4.8 5.4 8 2.3l3.2 3.1M2.5 10.5v2.2c0 .5.4.9.9.9h9.2c.5 0 .9-.4.9-.9v-2.2" />,
);
export const DownloadIcon = icon(
  <path d="M8 2.3v8M4.8 7.3 8 10.4l3.2-3.1M2.5 10.5v2.2c0 .5.4.9.9.9h9.2c.5 0 .9-.4.9-.9v-2.2" />,
);
export const PauseIcon = icon(<path d="M5.5 3.5v9M10.5 3.5v9" />);
export const ResumeIcon = icon(<path d="M5 3.3v9.4L12.5 8 5 3.3Z" />);
export const HiddenIcon = icon(
  <>
    <path d="M1.8 8S4 3.8 8 3.8 14.2 8 14.2 8 12 12.2 8 12.2 1.8 8 1.8 8Z" />
    <circle cx="8" cy="8" r="1.9" />
  </>,
);
