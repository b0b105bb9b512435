/** What an operation says, in words: for the queue, for a note to the desk, for a file that is handed in. */
import { hasText, type Translate } from '../i18n/index.ts';
import type { Op } from './model.ts';

/** The words of a code that the day's catalogues know: a fault, a step of the checklist, a line of the price list. */
export type NameOf = (op: Op, name: string, code: string) => string | undefined;

/** What nobody typed: digests, positions, strokes, ids. */
const unsaid = new Set([
  'document_hash',
  'quote_hash',
  'strokes',
  'signature_sha256',
  'sha256',
  'photos',
  'position',
  'shown',
  'method',
  'charge_id',
  'asset_id',
  // The customer's own: not for the engineer to read again (P7).
  'rating',
  'comment',
]);

/** Ids, which say nothing to anybody unless their name is known. */
const ids = new Set(['price_line_id']);

/** Where the words of a chosen code stand. */
const chosen: Record<string, string> = {
  cause_code: 'visits.cause',
  fate: 'visits.fate',
  kind: 'visits.photo',
  result: 'visits.result',
  acknowledgement: 'visits.exclusion.customer',
  reason: 'visits.pause',
};

/** A value in words, where it is a code that has some. */
function said(t: Translate, name: string, value: string | number, named: string | undefined): string {
  if (name === 'quantity_milli') return String(Number(value) / 1000);
  if (named !== undefined) return named;
  const key = `${chosen[name] ?? 'visits'}.${value}`;
  return chosen[name] && hasText(key) ? t(key) : String(value);
}

/** What was done, in a word or two. */
export const deedName = (t: Translate, op: Op): string => t(`field.deed.${op.kind.replaceAll('-', '_')}`);

/** What was typed and chosen, one `name: value` each. */
export function typed(t: Translate, op: Op, nameOf: NameOf): string[] {
  const lines: string[] = [];
  const body = (op.body ?? {}) as Record<string, unknown>;
  if (op.kind === 'rating') return lines;
  const say = (name: string, value: string | number) => {
    const named = typeof value === 'string' ? nameOf(op, name, value) : undefined;
    if (named === undefined && ids.has(name)) return;
    lines.push(t('field.said', { name: t(`field.said.${name}`), value: said(t, name, value, named) }));
  };
  // What it is about comes first.
  if (typeof body.item === 'string') say('item', body.item);
  for (const [name, value] of Object.entries(body)) {
    if (name === 'item' || unsaid.has(name) || value === null || value === undefined || value === '') continue;
    if (typeof value === 'string' || typeof value === 'number') say(name, value);
  }
  if (Array.isArray(body.answers) && body.answers.length > 0)
    lines.push(t('field.said.answers', { count: body.answers.length }));
  if (Array.isArray(body.points)) lines.push(t('field.said.points', { count: body.points.length }));
  if (op.files.length > 0) lines.push(t('field.said.files', { count: op.files.length }));
  return lines;
}

/** The note that hands operations in to the desk; at most 4000 characters, as the server takes. */
export function noteOf(t: Translate, ops: readonly Op[], nameOf: NameOf): string {
  const [first] = ops;
  const head = t('field.hand_in.head', { number: first?.title.number ?? '' });
  const lines = ops.map((op) => {
    const said = typed(t, op, nameOf).join('; ');
    return `${op.made_at} ${deedName(t, op)}${said ? ` — ${said}` : ''}`;
  });
  return [head, ...lines].join('\n').slice(0, 4000);
}

/** Everything that waits, as a file for the desk: words first, then what a program can read. */
export function fileOf(
  t: Translate,
  ops: readonly Op[],
  files: Readonly<Record<string, string>>,
  nameOf: NameOf,
): string {
  const words = ops.map((op) => ({
    title: `${op.title.number} ${op.title.place}`,
    what: deedName(t, op),
    at: op.made_at,
    said: typed(t, op, nameOf),
    refused: op.state === 'refused' ? op.problem?.title : undefined,
  }));
  const commands = ops.map(({ id, path, body, made_at, drift_s, files: needed }) => ({
    id,
    path,
    body,
    made_at,
    drift_s,
    files: needed,
  }));
  return JSON.stringify({ format: 'aftercare.outbox/1', words, commands, files_base64: files }, null, 2);
}
