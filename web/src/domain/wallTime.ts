import { fromZonedField, offsetAt, toZonedField } from "./zonedTime";

const HALF_HOUR_MS = 1_800_000;
/** No zone changes its clocks by more. */
const STEPS = [-4, -3, -2, -1, 0, 1, 2, 3, 4];

export interface WallTime {
  /** The instant; of a time that comes twice, the first. */
  at: number;
  /** Of a time that comes twice, when clocks are put back: the second. */
  later: number | null;
  /** Clocks are put forward over it; `at` is as much later as they are put. */
  skipped: boolean;
}

/** What a time of day (`2026-11-23T09:00`) on the clocks of a zone is; null where it is no time. */
export function readWall(value: string, zone: string): WallTime | null {
  const near = fromZonedField(value, zone);
  if (near === null) return null;
  const [first, second] = STEPS.map((step) => near + step * HALF_HOUR_MS).filter(
    (at) => toZonedField(at, zone) === value,
  );
  if (first !== undefined) return { at: first, later: second ?? null, skipped: false };
  // With the clock as it was before it is put forward (RFC 5545, 3.3.5), as the server reads it.
  const before = offsetAt(near - 6 * HALF_HOUR_MS, zone);
  return { at: Date.parse(`${value}Z`) - before, later: null, skipped: true };
}
