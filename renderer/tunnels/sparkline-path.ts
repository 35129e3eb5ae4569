/** Figures as the outline of a small chart. */

/** Less than this is drawn as if this were the top, so that a keepalive does not look like a rush. */
const smallestTop = 1024;

/** @returns an SVG path from the left edge to the right, its feet on `heightPx` */
export function sparklinePath(
  figures: readonly number[],
  widthPx: number,
  heightPx: number,
): string {
  const top = Math.max(smallestTop, ...figures);
  const stepPx = widthPx / Math.max(1, figures.length - 1);
  const points = figures.map((figure, index) => {
    const x = Math.round(index * stepPx * 10) / 10;
    const y = Math.round((heightPx - (figure / top) * heightPx) * 10) / 10;
    return `${x} ${y}`;
  });
  return `M${points.join('L')}`;
}
