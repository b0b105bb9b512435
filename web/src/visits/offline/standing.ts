/**
 * The server's table of steps (`visits::rules::steps` and `gates`) as far as an engineer's phone needs it to go on without a
 * signal. The server's own answer replaces it as soon as there is one.
 */
import type { Schemas, Visit, VisitStep } from '../requests.ts';

type State = Visit['state'];
type Need = Schemas['Need'];

const atWork: readonly VisitStep[] = [
  'pause',
  'finding',
  'answer',
  'evidence',
  'old_part',
  'guidance',
  'exclusion',
  'charge',
  'acknowledge',
  'self_check',
  'device',
];

/** What of a visit the table looks at. */
export type Standing = Pick<Visit, 'id' | 'state' | 'self_checked_at' | 'document_sha256' | 'signed_at'>;

/** The steps that an engineer may take now. */
export function openSteps(visit: Standing): VisitStep[] {
  switch (visit.state) {
    case 'dispatched':
      return ['accept', 'decline'];
    case 'accepted':
      return ['decline', 'depart'];
    case 'travelling':
      return ['arrive', 'no_access'];
    case 'arrived':
      return ['start', 'evidence', 'no_access', 'device'];
    case 'paused':
      return ['resume', 'partly_done'];
    case 'working': {
      if (visit.signed_at) return ['done'];
      const steps: VisitStep[] = [...atWork];
      if (visit.self_checked_at) {
        steps.push('present');
        if (visit.document_sha256) steps.push('sign', 'refuse_signature');
      }
      return [...steps, 'partly_done'];
    }
    case 'done':
    case 'partly_done':
    case 'no_access':
      return ['leave'];
    default:
      return [];
  }
}

/** The step of the one button. */
function nextStep(visit: Standing): VisitStep | undefined {
  const plain: Partial<Record<State, VisitStep>> = {
    dispatched: 'accept',
    accepted: 'depart',
    travelling: 'arrive',
    arrived: 'start',
    paused: 'resume',
    done: 'leave',
    partly_done: 'leave',
    no_access: 'leave',
  };
  if (visit.state !== 'working') return plain[visit.state];
  if (visit.signed_at) return 'done';
  if (!visit.self_checked_at) return 'self_check';
  return visit.document_sha256 ? 'sign' : 'present';
}

const need = (code: string, values: Record<string, string> = {}): Need => ({ code, values });

/** Whether the customer's word on the price is settled: pays nothing, or agreed to exactly these lines (P22, P72). */
export function quoteNeed(visit: Visit): Need | undefined {
  const undecided = visit.charges.items.length > 0 && visit.order.coverage?.verdict === 'undecided';
  const total_minor = visit.charges.totals.total_minor;
  if (undecided && total_minor === 0) return need('visit_coverage_undecided');
  if (total_minor === 0 || visit.quote?.acknowledged) return undefined;
  return need('visit_quote_not_acknowledged', { total_minor: String(total_minor) });
}

/** What the next step would be refused for. */
function needsOf(visit: Visit, step: VisitStep): Need[] {
  const answers = new Map(visit.answers.map((answer) => [answer.item, answer.result]));
  const open = (...sections: string[]) =>
    visit.checklist.items.filter(({ section, key }) => sections.includes(section) && !answers.has(key));
  const items = (of: readonly { text: Schemas['Both'] }[]) => of.map(({ text }) => text.zh_cn).join('\u3001');
  if (step === 'depart') {
    const missing = open('departure');
    return missing.length > 0 ? [need('checklist_items_open', { items: items(missing) })] : [];
  }
  if (step === 'self_check') {
    const missing = open('work', 'self_inspection');
    if (missing.length > 0) return [need('checklist_items_open', { items: items(missing) })];
    const failed = visit.checklist.items.filter(
      ({ section, key }) => section === 'self_inspection' && answers.get(key) === 'failed',
    );
    return failed.length > 0 ? [need('self_inspection_failed', { items: items(failed) })] : [];
  }
  if (step === 'present') {
    if (visit.findings.length === 0) return [need('visit_finding_missing')];
    if (!visit.evidence.some(({ kind, visit_id }) => kind === 'after' && visit_id === visit.id))
      return [need('visit_after_photo_missing')];
    const quote = quoteNeed(visit);
    return quote ? [quote] : [];
  }
  return [];
}

/** The visit with the steps that its present state allows. */
export function restanding(visit: Visit): Visit {
  const step = nextStep(visit);
  return { ...visit, steps: openSteps(visit), next: step ? { step, needs: needsOf(visit, step) } : null };
}

/**
 * Why an answer to a step can't be taken, by the codes of the server: a safety step comes first and can't be left out (P24), the
 * customer agrees before chargeable work (P22). Asked before an answer is kept on the phone, where nobody else would.
 */
export function answerRefusal(visit: Visit, item_key: string, result: string): Need | undefined {
  const items = visit.checklist.items;
  const item = items.find(({ key }) => key === item_key);
  if (!item) return need('checklist_item_unknown', { item: item_key });
  if (item.safety && result === 'skipped') return need('checklist_safety_not_skippable', { item: item.text.zh_cn });
  const answers = new Map(visit.answers.map((answer) => [answer.item, answer.result]));
  const before = items
    .slice(0, items.indexOf(item))
    .find(({ key, section, safety }) => safety && section === item.section && answers.get(key) !== 'done');
  if (before) return need('checklist_safety_first', { item: before.text.zh_cn });
  return item.section === 'work' && !item.safety ? quoteNeed(visit) : undefined;
}
