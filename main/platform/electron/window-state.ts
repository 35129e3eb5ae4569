/** Where the window was last time, and where it may be now: pure, but for reading and writing one small file. */
import { readFileSync } from 'node:fs';
import type { Rectangle } from 'electron';
import { z } from 'zod';
import { writeFileSafely } from '../../core/files.ts';

const windowStateSchema = z.strictObject({
  x: z.int(),
  y: z.int(),
  width: z.int().min(1).max(100_000),
  height: z.int().min(1).max(100_000),
  isMaximized: z.boolean(),
});

export type WindowState = z.infer<typeof windowStateSchema>;

export const smallestWindow = { width: 960, height: 600 };
const usualWindow = { width: 1440, height: 900 };

/** So much of the window must lie on a display, or it could not be grasped. */
const graspable = { width: 120, height: 80 };

/** Without x and y Electron centres the window. */
export interface WindowPlace {
  readonly x?: number;
  readonly y?: number;
  readonly width: number;
  readonly height: number;
}

/** @param workAreas of the displays there are today, the primary one first */
export function placeWindow(
  saved: WindowState | undefined,
  workAreas: readonly Rectangle[],
): WindowPlace {
  if (saved && workAreas.some((area) => isGraspable(saved, area))) {
    const { x, y, width, height } = saved;
    return { x, y, width, height };
  }
  const room = workAreas[0] ?? { ...usualWindow };
  return {
    width: Math.min(usualWindow.width, room.width),
    height: Math.min(usualWindow.height, room.height),
  };
}

function isGraspable(window: WindowState, area: Rectangle): boolean {
  const shared = (from: number, length: number, areaFrom: number, areaLength: number) =>
    Math.min(from + length, areaFrom + areaLength) - Math.max(from, areaFrom);
  return (
    shared(window.x, window.width, area.x, area.width) >= graspable.width &&
    shared(window.y, window.height, area.y, area.height) >= graspable.height
  );
}

/** A missing or damaged file is only a window in its usual place. */
export function readWindowState(file: string): WindowState | undefined {
  try {
    return windowStateSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return undefined;
  }
}

/** @throws CloudError quota `disk-full`, forbidden `not-writable` */
export function writeWindowState(file: string, state: WindowState): void {
  writeFileSafely(file, JSON.stringify(state));
}
