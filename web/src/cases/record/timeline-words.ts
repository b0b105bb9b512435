/**
 * What an event says, in words. The texts are `timeline.<kind>`; their placeholders are the values below, taken from the
 * event's body. Pure: the translate function, the zone and "now" are passed in.
 */
import type { Language, Translate } from '../../i18n/index.ts';
import { type BothText, inLanguage } from '../../ui/both.ts';
import { formatHours, formatInstant, formatMoney } from '../../ui/format.ts';
import type { IconName } from '../../ui/icon.tsx';
import type { TimelineItem } from '../requests.ts';

/** What the words are made with. */
export interface WordsContext {
  t: Translate;
  hasText: (key: string) => boolean;
  language: Language;
  zone: string;
  now_ms: number;
}

/** The groups of the filter chips, in order. */
export const groups = ['case', 'note', 'call', 'clock', 'visit', 'coverage', 'money', 'care'] as const;
export type Group = (typeof groups)[number];

const byPrefix: Record<string, [Group, IconName]> = {
  call: ['call', 'phone'],
  case: ['case', 'cases'],
  clock: ['clock', 'clock'],
  visit: ['visit', 'travel'],
  work_order: ['visit', 'wrench'],
  service_order: ['visit', 'sign'],
  coverage: ['coverage', 'shield'],
  charge: ['money', 'money'],
  follow_up: ['care', 'care'],
  complaint: ['care', 'message'],
  alert: ['clock', 'warning'],
  notification: ['case', 'message'],
};

const byKind: Record<string, [Group, IconName]> = {
  'case.noted': ['note', 'note'],
  'case.reported': ['case', 'intake'],
  'case.phone_support_started': ['call', 'phone'],
  'case.phone_result': ['call', 'phone'],
  'case.fix_plan': ['call', 'message'],
  'case.onsite_agreed': ['case', 'calendar'],
  'case.waiting': ['case', 'pause'],
  'case.resumed': ['case', 'right'],
  'case.escalated': ['case', 'up'],
  'case.resolved': ['case', 'check'],
  'case.closed': ['case', 'lock'],
  'case.reopened': ['case', 'again'],
  'case.merged': ['case', 'merge'],
  'case.merged_in': ['case', 'merge'],
  'case.withdrawn': ['case', 'cross'],
  'clock.warned': ['clock', 'warning'],
  'clock.breached': ['clock', 'warning'],
  'clock.paused': ['clock', 'pause'],
  'visit.arrived': ['visit', 'pin'],
  'visit.charge_added': ['money', 'money'],
  'visit.charge_removed': ['money', 'money'],
  'visit.quote_acknowledged': ['money', 'sign'],
  'visit.signed': ['visit', 'sign'],
  'visit.evidence_added': ['visit', 'photo'],
  'work_order.invoice_owed': ['money', 'money'],
  'work_order.invoiced': ['money', 'money'],
};

/** Group and icon of an event's kind; one of a newer server stands among the case's own. */
export function lookOf(kind: string): [Group, IconName] {
  return byKind[kind] ?? byPrefix[kind.split('.')[0] ?? ''] ?? ['case', 'dot'];
}

/** Where the word of a value stands: `cases.outcome.solved` for `outcome: "solved"`; the first that the catalogue has. */
const vocabularies: Record<string, readonly string[]> = {
  severity: ['status.severity'],
  promise: ['status.clock.kind'],
  state: ['status.case', 'status.work_order', 'status.visit'],
  from: ['status.severity', 'status.case', 'status.work_order'],
  to: ['status.severity'],
  outcome: ['timeline.outcome'],
  cause: ['timeline.cause'],
  how: ['timeline.how'],
  for: ['timeline.for'],
  step: ['cases.next'],
  reason: ['cases.pause', 'timeline.reason'],
  verdict: ['status.coverage'],
  code: ['coverage.exclusion'],
  kind: ['cases.kind', 'timeline.record', 'timeline.evidence'],
  result: ['timeline.result'],
  finding: ['care.complaint.finding'],
  reaction: ['care.complaint.reaction'],
  channel: ['cases.channel'],
  needed_skill: ['cases.skill'],
  answer: ['timeline.answer'],
  method: ['timeline.method'],
  recipient_kind: ['timeline.recipient'],
};

function say(name: string, value: unknown, context: WordsContext): string {
  const { t, hasText, zone, now_ms } = context;
  if (value === null || value === undefined || value === '') return '—';
  if (typeof value === 'boolean') return t(value ? 'common.yes' : 'common.no');
  if (Array.isArray(value)) return value.map((each) => say(name, each, context)).join(', ') || '—';
  if (typeof value === 'number') return String(value);
  if (typeof value !== 'string') return '—';
  const key = (vocabularies[name] ?? []).map((head) => `${head}.${value}`).find(hasText);
  if (key) return t(key);
  // Instants stand in the body as RFC 3339; days and codes have no time in them.
  if (/^\d{4}-\d\d-\d\dT/.test(value)) return formatInstant(value, zone, now_ms);
  return value;
}

/** The values for the placeholders of an event's text. */
export function valuesOf(entry: TimelineItem, context: WordsContext): Record<string, string> {
  const body = entry.body as Record<string, unknown>;
  const values: Record<string, string> = {};
  for (const [name, value] of Object.entries(body))
    if (name !== 'names' && name !== 'words') values[name] = say(name, value, context);
  for (const [name, value] of Object.entries((body.names ?? {}) as Record<string, string>))
    values[`${name}_name`] = value;
  // Codes of faults and causes go by the names of the catalogue.
  for (const [name, word] of Object.entries((body.words ?? {}) as Record<string, BothText>))
    values[name] = inLanguage(word, context.language);
  for (const [name, value] of Object.entries(body)) {
    if (name.endsWith('_minor') && typeof value === 'number') {
      const currency = typeof body.currency === 'string' ? body.currency : 'CNY';
      values[name] = formatMoney(value, currency, context.language);
    } else if (name.endsWith('_s') && typeof value === 'number') values[name] = formatHours(value);
  }
  return values;
}

/** The sentence of an event, beginning after the person's name; a value that is missing is a dash, never a placeholder. */
export function titleOf(entry: TimelineItem, context: WordsContext): string {
  const { t, hasText } = context;
  const body = entry.body as Record<string, unknown>;
  // Some events say different things by one of their values: the outcome of a try by phone, who is waited for.
  const variants = ['outcome', 'for', 'cause', 'result', 'how', 'why', 'kind', 'channel'].flatMap((name) =>
    typeof body[name] === 'string' ? [`timeline.${entry.kind}.${body[name]}`] : [],
  );
  if (entry.kind === 'coverage.decided' && !body.until) variants.push(`timeline.${entry.kind}.undated`);
  const key = [...variants, `timeline.${entry.kind}`].find(hasText);
  const text = key ? t(key, valuesOf(entry, context)) : t('timeline.other', { kind: entry.kind });
  return text.replace(/\{\w+\}/g, '—');
}
