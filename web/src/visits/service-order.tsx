/**
 * The service order as the customer sees, signs and gets it (P70, P72), drawn from the canonical document alone: in large
 * type on the engineer's phone (`large`), as a sheet of A4 on the desk and in print.
 */
import './service-order.css';
import { hasText, type Language, type Translate, useLanguage, useT } from '../i18n/index.ts';
import { useBoth } from '../ui/both.ts';
import { formatInstant, formatMoney, zoneName } from '../ui/format.ts';
import { Icon } from '../ui/icon.tsx';
import { withoutIds } from './reason.ts';
import type { Schemas, ServiceOrder, ServiceOrderView, Strokes } from './requests.ts';
import { quantity } from './steps.ts';

type Line = Schemas['Line'];
type Totals = Schemas['ServiceDocumentTotals'];
type Signature = Schemas['SignatureView'];

/** A word of the catalogue for a code of the data; a code of a newer server is shown as it is. */
export function word(t: Translate, head: string, code: string): string {
  const key = `visits.${head}.${code}`;
  return hasText(key) ? t(key) : code;
}

/** A signature as it was drawn. */
export function StrokesPicture({ strokes, label }: { strokes: Strokes; label: string }) {
  const points = strokes.flat();
  if (points.length === 0) return null;
  const [left, top] = [Math.min(...points.map(({ x }) => x)), Math.min(...points.map(({ y }) => y))];
  const [right, bottom] = [Math.max(...points.map(({ x }) => x)), Math.max(...points.map(({ y }) => y))];
  const paths = strokes.map((stroke) => stroke.map(({ x, y }, at) => `${at === 0 ? 'M' : 'L'}${x} ${y}`).join(''));
  return (
    <svg
      className="so-strokes"
      role="img"
      aria-label={label}
      viewBox={`${left - 4} ${top - 4} ${right - left + 8} ${bottom - top + 8}`}
    >
      <path d={paths.join('')} />
    </svg>
  );
}

/** The strokes of a signature, if they are there and well formed. */
export function strokesOf(value: unknown): Strokes | undefined {
  if (!Array.isArray(value)) return undefined;
  const good = value.every(
    (stroke) =>
      Array.isArray(stroke) &&
      stroke.every(
        (point) =>
          typeof point === 'object' && point !== null && typeof point.x === 'number' && typeof point.y === 'number',
      ),
  );
  return good ? (value as Strokes) : undefined;
}

/** What each line costs, what the company bears of it, and what the customer pays. */
export function Lines({ lines, currency, large }: { lines: readonly Line[]; currency: string; large: boolean }) {
  const t = useT();
  const both = useBoth();
  const language = useLanguage();
  const money = (minor: number) => formatMoney(minor, currency, language);
  if (lines.length === 0) return <p className="so-none">{t('visits.paper.no_lines')}</p>;
  if (large) {
    return (
      <ul className="so-items">
        {lines.map((line) => (
          <li key={line.id}>
            <p className="so-item-name">
              <b>{both(line.description)}</b>
              <span>{word(t, 'charge', line.kind)}</span>
            </p>
            <p className="so-item-sum">
              <span>
                {quantity(line.quantity_milli)} × {money(line.price_minor)}
              </span>
              <b>{money(line.customer_minor)}</b>
            </p>
            {line.covered_until && (
              <p className="so-item-payer">{t('visits.paper.line_covered_until', { date: line.covered_until })}</p>
            )}
            <p className="so-item-payer">
              {line.waived_minor > 0
                ? t('visits.paper.line_waived', { amount: money(line.waived_minor) })
                : word(t, 'payer', line.payer ?? 'undecided')}
            </p>
          </li>
        ))}
      </ul>
    );
  }
  return (
    <table className="so-lines">
      <thead>
        <tr>
          <th scope="col">{t('visits.paper.item')}</th>
          <th scope="col">{t('visits.paper.kind')}</th>
          <th scope="col" className="so-number">
            {t('visits.paper.quantity')}
          </th>
          <th scope="col" className="so-number">
            {t('visits.paper.price')}
          </th>
          <th scope="col" className="so-number">
            {t('visits.paper.amount')}
          </th>
          <th scope="col" className="so-number">
            {t('visits.paper.waived')}
          </th>
          <th scope="col" className="so-number">
            {t('visits.paper.customer_pays')}
          </th>
          <th scope="col">{t('visits.paper.payer')}</th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <tr key={line.id}>
            <td>
              {both(line.description)}
              {line.covered_until && (
                <span className="so-line-cover">
                  {t('visits.paper.line_covered_until', { date: line.covered_until })}
                </span>
              )}
            </td>
            <td>{word(t, 'charge', line.kind)}</td>
            <td className="so-number">{quantity(line.quantity_milli)}</td>
            <td className="so-number">{money(line.price_minor)}</td>
            <td className="so-number">{money(line.amount_minor)}</td>
            <td className="so-number">{line.waived_minor > 0 ? money(line.waived_minor) : '—'}</td>
            <td className="so-number">{money(line.customer_minor)}</td>
            <td>{word(t, 'payer', line.payer ?? 'undecided')}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** What the customer pays of each kind of charge, where there are several. */
function ByKind({ lines, currency }: { lines: readonly Line[]; currency: string }) {
  const t = useT();
  const language = useLanguage();
  const kinds = [...new Set(lines.map(({ kind }) => kind))];
  if (kinds.length < 2) return null;
  const sum = (kind: string) =>
    lines.filter((line) => line.kind === kind).reduce((all, { customer_minor }) => all + customer_minor, 0);
  return (
    <ul className="so-kinds" aria-label={t('visits.paper.by_kind')}>
      {kinds.map((kind) => (
        <li key={kind}>
          {word(t, 'charge', kind)} {formatMoney(sum(kind), currency, language)}
        </li>
      ))}
    </ul>
  );
}

/** The sums, and what the customer pays in capitals. */
export function Sums({ totals }: { totals: Totals }) {
  const t = useT();
  const language = useLanguage();
  const money = (minor: number) => formatMoney(minor, totals.currency, language);
  return (
    <dl className="so-sums">
      <div>
        <dt>{t('visits.paper.list_total')}</dt>
        <dd>{money(totals.amount_minor)}</dd>
      </div>
      <div>
        <dt>{t('visits.paper.waived_total')}</dt>
        <dd>{totals.waived_minor > 0 ? `−${money(totals.waived_minor)}` : money(0)}</dd>
      </div>
      <div className="so-total">
        <dt>{t('visits.paper.total')}</dt>
        <dd>{money(totals.customer_minor)}</dd>
      </div>
      <div>
        <dt>{t('visits.paper.capitals')}</dt>
        <dd lang="zh-CN">{totals.customer_in_capitals}</dd>
      </div>
      {totals.tax_minor > 0 && (
        <div>
          <dt>{t('visits.paper.tax')}</dt>
          <dd>{money(totals.tax_minor)}</dd>
        </div>
      )}
    </dl>
  );
}

/** A paper travels: its times name the day and the zone. */
const onPaper = (instant: string, zone: string, language: Language) =>
  `${formatInstant(instant, zone, Date.parse(instant), true)} ${zoneName(instant, zone, language)}`;

function Facts({ of, left_at }: { of: ServiceOrder; left_at: string | null | undefined }) {
  const t = useT();
  const both = useBoth();
  const language = useLanguage();
  const at = (instant: string | null | undefined) => (instant ? onPaper(instant, of.site.zone, language) : '—');
  const { asset, fault, parties, site, times } = of;
  const rows: [string, string][] = [
    [t('visits.paper.customer'), `${parties.customer} (${parties.customer_number})`],
    [t('visits.paper.site'), [site.name, site.place, site.address].filter(Boolean).join(' · ')],
    [
      t('visits.paper.asset'),
      asset
        ? [
            both(asset.name),
            asset.model,
            asset.serial,
            asset.accepted_on && t('visits.paper.accepted_on', { date: asset.accepted_on }),
          ]
            .filter(Boolean)
            .join(' · ')
        : '—',
    ],
    [t('visits.paper.fault'), fault.symptom],
    [t('visits.paper.reported_at'), at(fault.reported_at)],
    [t('visits.paper.engineer'), `${parties.engineer} (${parties.badge_number}) · ${both(parties.unit)}`],
    [t('visits.paper.arrived_at'), at(times.arrived_at)],
    [t('visits.paper.left_at'), at(left_at)],
  ];
  return (
    <dl className="so-facts">
      {rows.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Work({ of, causes = {} }: { of: ServiceOrder; causes?: ServiceOrderView['cause_names'] }) {
  const t = useT();
  const both = useBoth();
  return (
    <>
      {of.findings.map((finding) => (
        <dl className="so-facts so-wide" key={`${finding.cause_code}${finding.text}${finding.action}`}>
          <div>
            <dt>{t('visits.paper.found')}</dt>
            <dd>{finding.text}</dd>
          </div>
          <div>
            <dt>{t('visits.paper.cause')}</dt>
            <dd>
              {causes[finding.cause_code] ? both(causes[finding.cause_code]) : word(t, 'cause', finding.cause_code)}
            </dd>
          </div>
          <div>
            <dt>{t('visits.paper.action')}</dt>
            <dd>{finding.action}</dd>
          </div>
        </dl>
      ))}
      {of.old_parts.length > 0 && (
        <p>
          {t('visits.paper.old_parts', {
            list: of.old_parts
              .map((part) =>
                [part.name, part.serial, `× ${part.quantity}`, word(t, 'fate', part.fate)].filter(Boolean).join(' '),
              )
              .join('; '),
          })}
        </p>
      )}
      {of.guidance && of.guidance.length > 0 && (
        <p>
          {t('visits.paper.guidance', {
            list: of.guidance
              .map(({ who, topic, minutes }) => t('visits.paper.guidance.one', { who, topic, minutes }))
              .join('; '),
          })}
        </p>
      )}
      <ul className="so-checks" aria-label={t('visits.paper.checks')}>
        {of.checklist.items.map(({ text, answer }) => (
          <li key={text.zh_cn} data-result={answer?.result ?? 'open'}>
            <Icon
              name={answer?.result === 'done' ? 'check' : answer?.result === 'failed' ? 'cross' : 'question'}
              size={14}
            />{' '}
            {both(text)}
            {answer?.result !== 'done' && ` (${word(t, 'result', answer?.result ?? 'open')})`}
          </li>
        ))}
      </ul>
    </>
  );
}

function Coverage({ of }: { of: ServiceOrder }) {
  const t = useT();
  const both = useBoth();
  const { coverage } = of;
  if (!coverage) return <p>{t('visits.paper.no_coverage')}</p>;
  const verdict = word(t, 'verdict', coverage.verdict);
  return (
    <>
      <p data-clause={coverage.clause}>
        <b>{verdict}</b>
        {coverage.until &&
          ` · ${t(coverage.verdict === 'covered' ? 'visits.paper.covered_until' : 'visits.paper.cover_ended', { date: coverage.until })}`}
      </p>
      <ul className="so-reasons">
        {coverage.reasons.map((reason) => (
          <li key={reason.zh_cn}>{withoutIds(both(reason))}</li>
        ))}
      </ul>
    </>
  );
}

/** Who signed what and when, or why not and who saw it. */
export function SignatureMark({ of, zone }: { of: Signature; zone: string }) {
  const t = useT();
  const strokes = strokesOf(of.strokes);
  const time = onPaper(of.at, zone, useLanguage());
  if (of.outcome === 'refused') {
    return (
      <div className="so-refused">
        <b>{t('visits.paper.refused')}</b>
        <p>{of.reason}</p>
        <p>{t('visits.paper.witness', { name: of.witness ?? '', time })}</p>
      </div>
    );
  }
  return (
    <div>
      {strokes && (
        <StrokesPicture strokes={strokes} label={t('visits.paper.signature_of', { name: of.signer_name ?? '' })} />
      )}
      <p>
        {of.signer_name} · {time}
      </p>
    </div>
  );
}

/** Whose paper it is. */
export interface Letterhead {
  company: string;
  hotline: string | undefined;
}

/** The service order. `large` is for reading it on a phone; otherwise it is a sheet of A4. */
export function ServiceOrderPaper(props: {
  of: ServiceOrderView;
  letterhead?: Letterhead | undefined;
  large?: boolean;
}) {
  const { of, letterhead, large = false } = props;
  const t = useT();
  const { document: paper, signature } = of;
  const work = of.document.findings.length > 0 || of.document.checklist.items.length > 0;
  return (
    <article className={large ? 'so-paper so-large' : 'so-paper so-sheet'} aria-label={t('visits.paper.title')}>
      <header className="so-head">
        <p className="so-company">{letterhead?.company}</p>
        <h1>{t('visits.paper.title')}</h1>
        <p className="so-numbers">
          {paper.number} · {paper.case_number} · {word(t, 'kind', paper.kind)}
        </p>
        {!of.shown_at && <p className="so-draft">{t('visits.paper.draft')}</p>}
      </header>
      {large && (
        <section>
          <h2>{t('visits.paper.fees')}</h2>
          <Lines lines={paper.lines} currency={paper.totals.currency} large />
          <Sums totals={paper.totals} />
        </section>
      )}
      <section>
        <h2>{t('visits.paper.facts')}</h2>
        <Facts of={paper} left_at={of.left_at} />
      </section>
      {work && (
        <section>
          <h2>{t('visits.paper.work')}</h2>
          <Work of={paper} causes={of.cause_names} />
        </section>
      )}
      <section>
        <h2>{t('visits.paper.coverage')}</h2>
        <Coverage of={paper} />
      </section>
      {!large && (
        <section>
          <h2>{t('visits.paper.fees')}</h2>
          <Lines lines={paper.lines} currency={paper.totals.currency} large={false} />
          <div className="so-ends">
            <ByKind lines={paper.lines} currency={paper.totals.currency} />
            <Sums totals={paper.totals} />
          </div>
        </section>
      )}
      {paper.quote && (
        <p className="so-quote">
          {t('visits.paper.quote', {
            name: paper.quote.signer_name,
            time: formatInstant(paper.quote.signed_at, paper.site.zone, Date.parse(paper.quote.signed_at), true),
          })}
        </p>
      )}
      <footer className="so-foot">
        {(signature || !large) && (
          <div className="so-sign">
            <p className="so-foot-name">{t('visits.paper.customer_signature')}</p>
            {signature && <SignatureMark of={signature} zone={paper.site.zone} />}
          </div>
        )}
        {!large && (
          <div className="so-seal">
            <span>{t('visits.paper.seal')}</span>
          </div>
        )}
        <div className="so-proof">
          {letterhead?.hotline && <p>{t('visits.paper.hotline', { number: letterhead.hotline })}</p>}
          <p className="so-hash">{t('visits.paper.hash', { hash: of.sha256 })}</p>
        </div>
      </footer>
    </article>
  );
}
