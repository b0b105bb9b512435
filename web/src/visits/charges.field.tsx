/** What it costs whom: coverage with its reasons, charges from the price list in force, and the customer's word on the price. */
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { useT } from '../i18n/index.ts';
import { useBoth } from '../ui/both.ts';
import { Button } from '../ui/button.tsx';
import { Choice, Field, useForm } from '../ui/form.tsx';
import { Icon } from '../ui/icon.tsx';
import { ErrorState } from '../ui/states.tsx';
import { Money } from '../ui/values.tsx';
import { useDeed, useMayAsk } from './command.ts';
import { Coverage } from './coverage-badge.tsx';
import { ExclusionPart } from './exclusion.field.tsx';
import { priceFor } from './offline/money.ts';
import { NotSent, Refusal, refocus, Section } from './parts.tsx';
import { coverageQuery, type DayCard, type PriceLine, type Schemas, type Visit } from './requests.ts';
import { Scan } from './scan.field.tsx';
import { serialIn } from './scan.ts';
import { word } from './service-order.tsx';
import { fates, quantity, quantityMilli } from './steps.ts';
import type { Photos } from './use-photos.ts';

type Charge = Schemas['ChargeView'];

/** What became of the part that a new one took the place of; none came out. */
const pairFates = ['none', ...fates] as const;
type PairFate = (typeof pairFates)[number];

/** The verdict of the case with its reasons, and who pays each kind of charge. */
function CoverageReasons({ visit }: { visit: Visit }) {
  const t = useT();
  const both = useBoth();
  const [open, setOpen] = useState(false);
  const mayAsk = useMayAsk(visit.id);
  const coverage = useQuery({
    ...coverageQuery(visit.order.case_id),
    enabled: open && visit.order.asset != null && mayAsk,
  });
  const badge = visit.order.coverage;
  if (!badge) return <p className="ac-second">{t('visits.paper.no_coverage')}</p>;
  const decision = coverage.data?.decision;
  return (
    <div className="af-coverage">
      <p className="af-badges">
        <Coverage of={badge} />
        <button type="button" className="ac-link" aria-expanded={open} onClick={() => setOpen(!open)}>
          {t('visits.charge.why')}
        </button>
      </p>
      {open && coverage.error !== null && (
        <ErrorState error={coverage.error} inline onRetry={() => void coverage.refetch()} />
      )}
      {open && decision && (
        <div className="af-entry">
          <ul>
            {decision.reasons.map((reason) => (
              <li key={reason.code}>{both(reason.text)}</li>
            ))}
            {decision.missing.map((missing) => (
              <li key={missing.what}>{both(missing.how)}</li>
            ))}
          </ul>
          <p className="ac-second">
            {decision.charges
              .filter(({ kind }) => ['labour', 'parts', 'travel', 'postage', 'packing'].includes(kind))
              .map((charge) =>
                t('visits.charge.who', {
                  kind: both(charge.name),
                  payer: word(t, 'payer', charge.payer ?? 'undecided'),
                }),
              )
              .join(' · ')}
          </p>
        </div>
      )}
    </div>
  );
}

function ChargeRow({ visit, charge, editable }: { visit: Visit; charge: Charge; editable: boolean }) {
  const t = useT();
  const both = useBoth();
  const remove = useDeed(visit, 'charge-remove');
  return (
    <li className="af-entry">
      <NotSent of={charge} />
      <p className="af-split">
        <b>{both(charge.description)}</b>
        <Money amount_minor={charge.total_minor} currency={charge.currency} />
      </p>
      <p className="af-split ac-second">
        <span>
          {quantity(charge.quantity_milli)} {both(charge.unit)} ×{' '}
          <Money amount_minor={charge.price_minor} currency={charge.currency} />
          {charge.part_serial && ` · ${charge.part_serial}`}
        </span>
        <span className="af-end">
          {charge.waived_minor > 0 ? t('visits.payer.company') : t('visits.payer.customer')}
          {charge.waived_minor > 0 && (
            <>
              {' · '}
              {t('visits.charge.waived')} <Money amount_minor={charge.waived_minor} currency={charge.currency} />
            </>
          )}
        </span>
      </p>
      {editable && (
        <button
          type="button"
          className="ac-link af-more"
          aria-busy={remove.busy}
          onClick={() => void remove.run({ charge_id: charge.id })}
        >
          {t('visits.charge.remove', { item: both(charge.description) })}
        </button>
      )}
      <Refusal problem={remove.problem} />
    </li>
  );
}

function AddCharge(props: {
  visit: Visit;
  prices: readonly PriceLine[];
  levels: Schemas['CustomerLevels'] | undefined;
}) {
  const { visit, prices, levels } = props;
  const t = useT();
  const both = useBoth();
  const [wrong, setWrong] = useState(false);
  const line = useRef<HTMLSelectElement>(null);
  const command = useDeed(visit, 'charge');
  const oldPart = useDeed(visit, 'old-part');
  const form = useForm({
    initial: { price_line_id: '', quantity: '1', part_serial: '', old_serial: '', old_fate: 'none' as PairFate },
    draft_key: `visit.${visit.id}.charge`,
    problem: command.problem,
  });
  const fitting = prices.filter(({ product_kind }) => !product_kind || product_kind === visit.order.asset?.skill);
  const chosen = fitting.find(({ id }) => id === form.values.price_line_id);
  const kinds = [...new Set(fitting.map(({ kind }) => kind))];
  if (fitting.length === 0) return <p className="ac-second">{t('visits.charge.no_prices')}</p>;
  const add = async () => {
    const quantity_milli = quantityMilli(form.values.quantity);
    setWrong(quantity_milli === undefined);
    if (quantity_milli === undefined) return;
    const sent = form.values;
    const isPart = chosen?.kind === 'parts';
    const part_serial = isPart ? sent.part_serial.trim() || null : null;
    const added = await command.run(
      { price_line_id: sent.price_line_id || null, quantity_milli, part_serial },
      { kept: () => form.spend(sent), back: () => form.giveBack(sent) },
    );
    // A part in, a part out: what it took the place of is recorded with it (P23).
    if (added && isPart && sent.old_fate !== 'none') {
      const name = both(chosen.description).slice(0, 200);
      const quantity = Math.max(1, Math.floor(quantity_milli / 1000));
      await oldPart.run({ name, serial: sent.old_serial.trim() || null, quantity, fate: sent.old_fate });
    }
    if (added) refocus(line.current);
  };
  return (
    <form
      className="ac-form"
      onSubmit={(event) => {
        event.preventDefault();
        void add();
      }}
    >
      <Field label={t('visits.charge.price')} required error={form.errorAt('/price_line_id')}>
        {(input) => (
          <select ref={line} {...input} {...form.text('price_line_id')}>
            <option value="">{t('common.choose')}</option>
            {kinds.map((kind) => (
              <optgroup key={kind} label={word(t, 'charge', kind)}>
                {fitting
                  .filter((line) => line.kind === kind)
                  .map((line) => (
                    <option key={line.id} value={line.id}>
                      {both(line.description)} {(priceFor(line, levels) / 100).toFixed(2)}
                    </option>
                  ))}
              </optgroup>
            ))}
          </select>
        )}
      </Field>
      {chosen && (
        <>
          <Field
            label={t('visits.charge.quantity', { unit: both(chosen.unit) })}
            required
            error={wrong ? t('visits.charge.quantity_wrong') : form.errorAt('/quantity_milli')}
          >
            {(input) => <input {...input} {...form.text('quantity')} inputMode="decimal" />}
          </Field>
          {chosen.kind === 'parts' && (
            <>
              <Field label={t('visits.charge.serial')} error={form.errorAt('/part_serial')}>
                {(input) => (
                  <input {...input} {...form.text('part_serial')} maxLength={80} autoCapitalize="characters" />
                )}
              </Field>
              <Scan label={t('visits.scan.serial')} onRead={(said) => form.set('part_serial', serialIn(said))} />
              <Choice
                label={t('visits.pair.fate')}
                value={form.values.old_fate}
                onChange={(fate) => form.set('old_fate', fate)}
                options={pairFates.map((value) => ({
                  value,
                  label: value === 'none' ? t('visits.pair.none') : t(`visits.fate.${value}`),
                }))}
              />
              {form.values.old_fate !== 'none' && (
                <>
                  <Field label={t('visits.pair.serial')} error={oldPart.problem?.errors[0]?.detail}>
                    {(input) => (
                      <input {...input} {...form.text('old_serial')} maxLength={80} autoCapitalize="characters" />
                    )}
                  </Field>
                  <Scan label={t('visits.scan.serial')} onRead={(said) => form.set('old_serial', serialIn(said))} />
                </>
              )}
              <Refusal problem={oldPart.problem} />
            </>
          )}
          <Refusal problem={command.problem} onRetry={() => void add()} />
          <Button type="submit" icon="plus">
            {t('visits.charge.add')}
          </Button>
        </>
      )}
    </form>
  );
}

export function Charges(props: {
  visit: Visit;
  card: DayCard | undefined;
  prices: readonly PriceLine[];
  photos: Photos;
  editable: boolean;
}) {
  const { visit, card, prices, photos, editable } = props;
  const t = useT();
  const { items, totals } = visit.charges;
  const currency = totals.currency ?? 'CNY';
  const waits = visit.quote !== null && visit.quote !== undefined && !visit.quote.acknowledged;
  return (
    <Section
      id="charges"
      title={t('visits.charge.title')}
      done={!waits && visit.order.coverage?.verdict !== 'undecided'}
    >
      <CoverageReasons visit={visit} />
      {card && <ExclusionPart visit={visit} card={card} photos={photos} editable={editable} />}
      {items.length > 0 && (
        <>
          <ul className="af-list">
            {items.map((charge) => (
              <ChargeRow key={charge.id} visit={visit} charge={charge} editable={editable} />
            ))}
          </ul>
          <p className="af-split">
            <b>{t('visits.charge.total')}</b>
            <b className="af-sum">
              <Money amount_minor={totals.total_minor} currency={currency} />
            </b>
          </p>
          {totals.waived_minor > 0 && (
            <p className="af-split ac-second">
              <span>{t('visits.charge.waived')}</span>
              <Money amount_minor={totals.waived_minor} currency={currency} />
            </p>
          )}
        </>
      )}
      {visit.quote?.acknowledged && (
        <p className="af-mark-done">
          <Icon name="check" /> {t('visits.quote.agreed')}
        </p>
      )}
      {waits && editable && (
        <Link to="/visits/$visit_id/quote" params={{ visit_id: visit.id }} className="ac-button ac-button-primary">
          {t('visits.quote.show')}
        </Link>
      )}
      {editable && <AddCharge visit={visit} prices={prices} levels={card?.price_levels} />}
    </Section>
  );
}
