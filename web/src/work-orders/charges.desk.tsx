/** What a work order costs whom: each line with its source, payer and what the company bears; payer and invoice by hand. */
import { useState } from 'react';
import { useCommand } from '../api/command.ts';
import { keys } from '../api/queries.ts';
import { useT } from '../i18n/index.ts';
import { useMay } from '../identity/me.ts';
import { announce } from '../ui/announce.tsx';
import { useBoth } from '../ui/both.ts';
import { Field, useForm } from '../ui/form.tsx';
import { DateTime, Money } from '../ui/values.tsx';
import { ConfirmInWords } from '../ui-desk/confirm-in-words.tsx';
import { Panel } from '../ui-desk/detail-page.tsx';
import { FormDialog } from '../ui-desk/dialog.tsx';
import { PlainTable } from '../ui-desk/plain-table.tsx';
import { Fact, FactGroup } from '../ui-desk/record-page.tsx';
import { type Charge, commands, type OrderView } from './requests.ts';
import { formatQuantity, formatTax, parseAmount } from './words.ts';

/** The lines and their sums. */
export function ChargesPanel({ order }: { order: OrderView }) {
  const t = useT();
  const both = useBoth();
  const may = useMay();
  const { items, totals } = order.charges;
  const [changing, setChanging] = useState<Charge>();
  const currency = totals.currency ?? 'CNY';
  // What the customer has signed stays as it is (P72).
  const open = !['signed', 'settled', 'closed', 'cancelled'].includes(order.state);
  return (
    <Panel title={t('workorders.charges')}>
      {items.length === 0 ? (
        <p className="ac-second">{t('workorders.charges.empty')}</p>
      ) : (
        <>
          <PlainTable
            label={t('workorders.charges')}
            rows={items}
            rowId={({ id }) => id}
            columns={[
              {
                key: 'what',
                title: t('workorders.charge'),
                render: (each) => (
                  <>
                    {both(each.description)}{' '}
                    <span className="ac-second">
                      {t(`workorders.charge.${each.kind}`)}
                      {each.part_serial && ` · ${each.part_serial}`}
                    </span>
                  </>
                ),
              },
              {
                key: 'source',
                title: t('workorders.source'),
                render: (each) =>
                  each.price_list_version
                    ? t('workorders.source.price_list', { version: each.price_list_version })
                    : t('workorders.source.quote'),
              },
              {
                key: 'quantity',
                title: t('workorders.quantity'),
                align: 'right',
                render: (each) => (
                  <span className="ac-figure">
                    {formatQuantity(each.quantity_milli)} {both(each.unit)}
                  </span>
                ),
              },
              {
                key: 'price',
                title: t('workorders.price'),
                align: 'right',
                render: (each) => <Money amount_minor={each.price_minor} currency={each.currency} />,
              },
              {
                key: 'tax',
                title: t('workorders.tax'),
                align: 'right',
                render: (each) => <span className="ac-figure">{formatTax(each.tax_ppm)}</span>,
              },
              {
                key: 'payer',
                title: t('workorders.payer'),
                render: (each) => (
                  <>
                    {t(`workorders.payer.${each.payer}`)}
                    {each.override_reason && (
                      <span className="ac-second">
                        {' '}
                        {t('workorders.payer.overridden', {
                          payer: t(`workorders.payer.${each.decided_payer}`),
                          reason: each.override_reason,
                        })}
                      </span>
                    )}
                  </>
                ),
              },
              {
                key: 'waived',
                title: t('workorders.waived'),
                align: 'right',
                render: (each) => <Money amount_minor={each.waived_minor} currency={each.currency} />,
              },
              {
                key: 'total',
                title: t('workorders.customer_pays'),
                align: 'right',
                render: (each) => <Money amount_minor={each.total_minor} currency={each.currency} />,
              },
              ...(may('visits.override_payer') && open
                ? [
                    {
                      key: 'change',
                      title: '',
                      render: (each: Charge) => (
                        <button type="button" className="ac-link" onClick={() => setChanging(each)}>
                          {t('workorders.payer.change')}
                        </button>
                      ),
                    },
                  ]
                : []),
            ]}
          />
          <dl className="ad-totals">
            <dt>{t('workorders.waived')}</dt>
            <dd>
              <Money amount_minor={totals.waived_minor} currency={currency} />
            </dd>
            <dt>{t('workorders.tax_within')}</dt>
            <dd>
              <Money amount_minor={totals.customer.tax_minor} currency={currency} />
            </dd>
            <dt>{t('workorders.customer_pays')}</dt>
            <dd className="ad-total">
              <Money amount_minor={totals.total_minor} currency={currency} />
            </dd>
          </dl>
        </>
      )}
      {changing && <PayerDialog order={order} charge={changing} onClose={() => setChanging(undefined)} />}
    </Panel>
  );
}

function PayerDialog({ order, charge, onClose }: { order: OrderView; charge: Charge; onClose: () => void }) {
  const t = useT();
  const both = useBoth();
  const payer = charge.payer === 'customer' ? 'company' : 'customer';
  const command = useCommand(
    (reason: string, options) => commands.override_payer(order.id, charge, { payer, reason }, options),
    { touches: [keys.one('work_order', order.id), ['visit']] },
  );
  return (
    <ConfirmInWords
      open
      title={t('workorders.payer.change')}
      consequences={[
        t('workorders.payer.will', { what: both(charge.description), payer: t(`workorders.payer.${payer}`) }),
        t('workorders.payer.decided', { payer: t(`workorders.payer.${charge.decided_payer}`) }),
        t('workorders.payer.recorded'),
      ]}
      verb={t('workorders.payer.change_to', { payer: t(`workorders.payer.${payer}`) })}
      reason="required"
      busy={command.busy}
      problem={command.problem}
      onCancel={onClose}
      onConfirm={async (reason) => {
        if (await command.run(reason)) onClose();
      }}
    />
  );
}

/** The invoice that is owed, or was issued (P69, P71). */
export function InvoiceFacts({ order, onIssue }: { order: OrderView; onIssue: () => void }) {
  const t = useT();
  const may = useMay();
  const { invoice } = order;
  if (!invoice) return null;
  return (
    <FactGroup title={t('workorders.invoice')}>
      <Fact label={t('workorders.invoice.amount')}>
        <Money amount_minor={invoice.amount_minor} currency={invoice.currency} />
      </Fact>
      <Fact label={t('workorders.invoice.since')}>
        <DateTime at={invoice.opened_at} zone={order.site.zone} />
      </Fact>
      <Fact label={t('workorders.invoice.number')}>
        {invoice.invoice_number ? (
          <span className="ac-figure">{invoice.invoice_number}</span>
        ) : may('visits.invoice') ? (
          <button type="button" className="ac-link" onClick={onIssue}>
            {t('workorders.invoice.issue')}
          </button>
        ) : (
          t('workorders.invoice.open')
        )}
      </Fact>
      {invoice.issued_at && (
        <Fact label={t('workorders.invoice.issued_at')}>
          <DateTime at={invoice.issued_at} zone={order.site.zone} />
        </Fact>
      )}
    </FactGroup>
  );
}

/** The number and amount of the invoice as it was issued; the amount must be the service order's, to the cent. */
export function InvoiceDialog({ order, onClose }: { order: OrderView; onClose: () => void }) {
  const t = useT();
  const owed = order.invoice?.amount_minor ?? 0;
  const command = useCommand(
    (body: { invoice_number: string; amount_minor: number }, options) =>
      commands.issue_invoice(order.id, body, options),
    { touches: [keys.one('work_order', order.id), ['work_order', 'list'], ['case', order.case_id]] },
  );
  const form = useForm({
    initial: { invoice_number: '', amount: (owed / 100).toFixed(2) },
    draft_key: `workorders.invoice.${order.id}`,
    problem: command.problem,
  });
  return (
    <FormDialog
      title={t('workorders.invoice.issue')}
      form={form}
      verb={t('workorders.invoice.issue')}
      busy={command.busy}
      problem={command.problem}
      onClose={onClose}
      onSave={async () => {
        const amount_minor = parseAmount(form.values.amount);
        if (amount_minor === undefined) {
          form.setErrors([{ pointer: '/amount_minor', code: 'amount', detail: t('workorders.invoice.amount.fault') }]);
          return;
        }
        const done = await command.run({ invoice_number: form.values.invoice_number.trim(), amount_minor });
        if (!done) return;
        form.reset();
        announce(t('workorders.invoice.done'));
        onClose();
      }}
    >
      <Field label={t('workorders.invoice.number')} required error={form.errorAt('/invoice_number')}>
        {(input) => <input {...input} {...form.text('invoice_number')} maxLength={64} autoComplete="off" />}
      </Field>
      <Field
        label={t('workorders.invoice.amount')}
        hint={t('workorders.invoice.amount.hint')}
        required
        error={form.errorAt('/amount_minor')}
      >
        {(input) => <input {...input} {...form.text('amount')} inputMode="decimal" maxLength={16} />}
      </Field>
    </FormDialog>
  );
}
