/** Whole numbers as people type them. Pure. */

/** The number that was typed; NaN unless it is a whole one from `least` to `most`. */
export function wholeNumber(text: string, [least, most]: readonly [number, number]): number {
  const typed = text.trim();
  const value = /^\d{1,6}$/.test(typed) ? Number(typed) : Number.NaN;
  return value >= least && value <= most ? value : Number.NaN;
}
