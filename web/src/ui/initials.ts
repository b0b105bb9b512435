/**
 * The initials of a Chinese text as people type them with a Latin keyboard, two letters for a word of two characters. Found by the
 * place of a character in the order of pinyin, so that no table has to travel to the browser. Letters and digits stay. Pure.
 */

/** The first character of each initial in the order of pinyin; i, u and v begin no syllable. */
const firsts =
  '\u963f\u516b\u5693\u54d2\u59b8\u53d1\u65ee\u54c8\u8ba5\u5494\u5783\u5463\u62cf\u5594\u5991\u4e03\u5465\u6268\u4ed6\u7a75\u5915\u4e2b\u5e00';
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
