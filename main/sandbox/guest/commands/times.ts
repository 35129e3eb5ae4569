/** Times as Unix commands write them, in UTC. */

const two = (value: number) => String(value).padStart(2, '0');

/** `14:05` */
export const clockTime = (ms: number): string => {
  const date = new Date(ms);
  return `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}`;
};

/** `14:05:09` */
export const clockTimeSeconds = (ms: number): string =>
  `${clockTime(ms)}:${two(new Date(ms).getUTCSeconds())}`;

/** `2026-11-20 14:05` */
export const dayTime = (ms: number): string =>
  `${new Date(ms).toISOString().slice(0, 10)} ${clockTime(ms)}`;

/** `Fri Nov 20 14:05:09 2026` */
export const longDate = (ms: number): string => {
  const [weekday = '', day = '', month = '', year = ''] = new Date(ms).toUTCString().split(/,? /);
  return `${weekday} ${month} ${String(Number(day)).padStart(2)} ${clockTimeSeconds(ms)} ${year}`;
};

/** `up 3 days,  2:05` */
export function upTime(seconds: number): string {
  const days = Math.floor(seconds / 86_400);
  const hours = Math.floor(seconds / 3600) % 24;
  const minutes = Math.floor(seconds / 60) % 60;
  const dayPart = days > 0 ? `${days} day${days === 1 ? '' : 's'}, ` : '';
  return `up ${dayPart}${hours > 0 ? `${String(hours).padStart(2)}:${two(minutes)}` : `${minutes} min`}`;
}
