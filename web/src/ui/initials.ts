/**
 * The initials of a Chinese text as people type them with a Latin keyboard: 受理 → sl. Found by the place of a character in the
 * order of pinyin, so that no table has to travel to the browser. Letters and digits stay. Pure.
 */

/** The first character of each initial in the order of pinyin; i, u and v begin no syllable. */
const firsts = '阿八嚓哒妸发旮哈讥咔垃呣拏喔妑七呥扨他穵夕丫帀';
const letters = 'abcdefghjklmnopqrstwxyz';

let compare: ((a: string, b: string) => number) | undefined;

/** The initial of one character, in lower case; empty for what has none. */
export function initialOf(character: string): string {
  if (/[a-z0-9]/i.test(character)) return character.toLowerCase();
  if (!/\p{Script=Han}/u.test(character)) return '';
  compare ??= new Intl.Collator('zh-Hans-CN-u-co-pinyin').compare;
  const edges = [...firsts];
  for (let at = edges.length - 1; at >= 0; at -= 1) {
    const edge = edges[at];
    if (edge !== undefined && compare(character, edge) >= 0) return letters[at] ?? '';
  }
  return '';
}

export const initialsOf = (text: string): string => [...text].map(initialOf).join('');

/** Whether what was typed stands for a label: part of it, or the beginning of its initials. */
export function standsFor(typed: string, label: string): boolean {
  const wanted = typed.trim().toLowerCase();
  return wanted === '' || label.toLowerCase().includes(wanted) || initialsOf(label).startsWith(wanted);
}
