/** Times as people type them: `2026-11-22T14:05` in a zone, to and from instants. Pure. */
import { formatInstant } from '../ui/format.ts';

/** The value of a `datetime-local` input for an instant in a zone. */
export function toWall(at_ms: number, zone: string): string {
  return formatInstant(at_ms, zone, 0, true).replace(' ', 'T');
}

/** The instant of a wall time in a zone, RFC 3339; undefined when the text is no time. A time skipped by a clock change moves on. */
export function fromWall(text: string, zone: string): string | undefined {
  const wall_ms = Date.parse(`${text}Z`);
  if (Number.isNaN(wall_ms)) return undefined;
  let at_ms = wall_ms;
  // The offset at the guess may differ from the one at the result only around a clock change: twice is enough.
  for (let round = 0; round < 2; round++) at_ms += wall_ms - Date.parse(`${toWall(at_ms, zone)}Z`);
  return new Date(at_ms).toISOString();
}

/** The start of a full hour, `hours` from now. */
export function nextHour(now_ms: number, hours: number): number {
  const hour_ms = 3_600_000;
  return Math.ceil(now_ms / hour_ms) * hour_ms + (hours - 1) * hour_ms;
}
