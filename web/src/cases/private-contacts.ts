/**
 * Private phone numbers and chat accounts in what people write (P68): the same rule as `cases::rules::mask_private`, so that
 * the screen says beforehand what the server masks. Both are tested with crates/cases/src/rules/private_contacts.json, where the words can be read. Pure.
 */

/** Separators that may stand between the digits of one number, at most two in a row. */
const separators = ' \u3000-\u2013.()\uff08\uff09';
/** Words before a number that say it is no phone number. */
const serialWords = [
  '\u5e8f\u5217\u53f7',
  '\u7f16\u53f7',
  '\u5355\u53f7',
  '\u673a\u53f7',
  'sn',
  's/n',
  'serial',
  'no.',
  'id',
];
/** Words before an account; longer ones first. */
const accountWords = ['wechat', 'weixin', '\u5fae\u4fe1', '\u8587\u4fe1', '\u5a01\u4fe1', 'v\u4fe1', 'vx', 'wx', 'qq'];
/** Words between the name of the service and the account. */
const fillers = [
  '\u8d26\u53f7',
  '\u5e10\u53f7',
  '\u53f7\u7801',
  '\u53f7',
  'id',
  'is',
  '\u662f',
  '\u4e3a',
  '\uff1a',
  ':',
  '=',
  ' ',
  '\u3000',
];

const numerals: Record<string, number> = {};
for (const [value, signs] of [
  '\u96f6\u3007',
  '\u4e00\u5e7a\u58f9',
  '\u4e8c\u8d30',
  '\u4e09\u53c1',
  '\u56db\u8086',
  '\u4e94\u4f0d',
  '\u516d\u9646',
  '\u4e03\u67d2',
  '\u516b\u634c',
  '\u4e5d\u7396',
].entries()) {
  for (const sign of signs) numerals[sign] = value;
}

function digit(c: string | undefined): number | undefined {
  if (c === undefined) return undefined;
  if (c >= '0' && c <= '9') return c.charCodeAt(0) - 48;
  if (c >= '\uff10' && c <= '\uff19') return c.charCodeAt(0) - 0xff10;
  return numerals[c];
}

// Full-width letters as their usual selves, in small letters.
function plain(c: string | undefined): string {
  if (c === undefined) return '';
  const narrow = c >= '\uff01' && c <= '\uff5e' ? String.fromCharCode(c.charCodeAt(0) - 0xfee0) : c;
  return /^[A-Z]$/.test(narrow) ? narrow.toLowerCase() : narrow;
}

const isWord = (c: string | undefined): boolean => c !== undefined && /^[A-Za-z0-9_]$/.test(c);
const isAscii = (text: string): boolean => [...text].every((c) => c.charCodeAt(0) < 128);

function starts(chars: readonly string[], at: number, what: string): boolean {
  return [...what].every((c, index) => plain(chars[at + index]) === plain(c));
}

interface Group {
  from: number;
  to: number;
}

function groupsOf(chars: readonly string[]): Group[] {
  const found: Group[] = [];
  for (let at = 0; at < chars.length; at++) {
    if (digit(chars[at]) === undefined) continue;
    const from = at;
    while (digit(chars[at]) !== undefined) at++;
    found.push({ from, to: at });
  }
  return found;
}

function joined(chars: readonly string[], a: Group, b: Group): boolean {
  const between = chars.slice(a.to, b.from);
  return between.length > 0 && between.length <= 2 && between.every((c) => separators.includes(c));
}

// Not part of a longer word or number: letters and joined-on digits at either end make it something else.
function alone(chars: readonly string[], from: number, to: number): boolean {
  const joins = (c: string | undefined) => c === '-' || c === '.';
  const before = chars[from - 1];
  let left = true;
  if (isWord(before)) {
    left = accountWords.some((word) => {
      const at = from - [...word].length;
      return at >= 0 && starts(chars, at, word) && !isWord(chars[at - 1]);
    });
  } else if (joins(before)) left = !isWord(chars[from - 2]);
  const right = isWord(chars[to]) ? false : joins(chars[to]) ? !isWord(chars[to + 1]) : true;
  return left && right;
}

function saysSerial(chars: readonly string[], from: number): boolean {
  let end = from;
  while (end > 0 && ' :=#'.includes(plain(chars[end - 1]))) end--;
  return serialWords.some((word) => {
    const at = end - [...word].length;
    return at >= 0 && starts(chars, at, word) && (!isAscii(word) || !isWord(chars[at - 1]));
  });
}

// If these groups are one private number: how many digits of a country code come before it.
function codeOf(chars: readonly string[], groups: readonly Group[]): number | undefined {
  const from = groups[0]?.from ?? 0;
  const to = groups.at(-1)?.to ?? 0;
  if (!alone(chars, from, to) || saysSerial(chars, from)) return undefined;
  const digits = chars.slice(from, to).flatMap((c) => digit(c) ?? []);
  const text = digits.join('');
  const code = /^0086\d{10,}$/.test(text) ? 4 : /^861\d{10}$/.test(text) ? 2 : 0;
  const national = text.slice(code);
  const lengths = groups.map((group) => group.to - group.from);
  const first = lengths[0] ?? 0;
  const mobile = /^1[3-9]\d{9}$/.test(national) && (lengths.every((n) => n === 1) || first >= 3 || code === first);
  // A landline shows itself by the gap after its area code; without one it could be any number.
  const area = /^0(10|2)/.test(national) ? 3 : 4;
  const landline =
    code === 0 &&
    groups.length > 1 &&
    /^0[1-9]/.test(national) &&
    first === area &&
    [7, 8].includes(national.length - area) &&
    lengths.slice(1).every((n) => n >= 3);
  return mobile || landline ? code : undefined;
}

function hidePhones(chars: readonly string[], hidden: boolean[]): number {
  const groups = groupsOf(chars);
  let count = 0;
  for (let first = 0; first < groups.length; first++) {
    for (let last = first; last < groups.length && last - first <= 12; last++) {
      const [before, now] = [groups[last - 1], groups[last]];
      if (last > first && before && now && !joined(chars, before, now)) break;
      const number = groups.slice(first, last + 1);
      const code = codeOf(chars, number);
      if (code === undefined) continue;
      count++;
      const places = number
        .flatMap(({ from, to }) => Array.from({ length: to - from }, (_, index) => from + index))
        .slice(code);
      // The first three and the last four stay, as in every masked number.
      const shown = places.length - 4;
      const head = digit(chars[places[0] ?? 0]) === 0 ? places.length - 8 : 3;
      for (const place of places.slice(Math.min(head, shown), shown)) hidden[place] = true;
      first = last;
      break;
    }
  }
  return count;
}

function endOfWord(chars: readonly string[], from: number): number {
  let to = from;
  while (isWord(plain(chars[to])) || chars[to] === '-') to++;
  return to;
}

// The account that follows the name of a service.
function accountAfter(chars: readonly string[], start: number, after: number, name: string): Group | undefined {
  // Accounts that were never renamed begin with "wxid_".
  if (starts(chars, start, 'wxid_')) {
    const to = endOfWord(chars, start);
    return to - start >= 8 ? { from: start, to } : undefined;
  }
  let from = after;
  for (;;) {
    const filler = fillers.find((each) => starts(chars, from, each));
    if (!filler) break;
    const next = from + [...filler].length;
    // "is" and "id" are fillers as whole words only.
    if (/^[a-z]+$/.test(filler) && isWord(chars[next])) break;
    from = next;
  }
  const to = endOfWord(chars, from);
  const found = chars.slice(from, to).map(plain).join('');
  const at_once = from === after && isAscii(name);
  // "wxPay" and "vxworks" are words, "WX20261122-0001" is a number of ours.
  const account = /^\d+$/.test(found)
    ? found.length >= 5 && found.length <= 11 && !(at_once && found.length < 9)
    : /^[a-z]/.test(found) && found.length >= 6 && found.length <= 20 && !at_once && name !== 'qq';
  return account ? { from, to } : undefined;
}

/** The text as the server would keep it; undefined if nothing in it is private. */
export function maskPrivate(text: string): string | undefined {
  const chars = [...text];
  const hidden = chars.map(() => false);
  const phones = hidePhones(chars, hidden);
  const cut = new Map<number, number>();
  for (let at = 0; at < chars.length; ) {
    const name = accountWords.find((word) => starts(chars, at, word));
    if (!name) {
      at++;
      continue;
    }
    const after = at + [...name].length;
    const begins = !isWord(plain(chars[at - 1])) || !isAscii(name);
    const account = begins ? accountAfter(chars, at, after, name) : undefined;
    at = account ? account.to : after;
    // A phone number as an account is masked as such already.
    if (account && !hidden.slice(account.from, account.to).includes(true)) cut.set(account.from + 2, account.to);
  }
  if (phones + cut.size === 0) return undefined;
  let out = '';
  for (let at = 0; at < chars.length; ) {
    const to = cut.get(at);
    out += to === undefined ? (hidden[at] ? '*' : chars[at]) : '****';
    at = to ?? at + 1;
  }
  return out;
}
