/** The gallery itself. Its sample words are English or escaped on purpose: they are samples, not texts of the product. */
import { type ReactNode, useState } from 'react';
import { serverNow } from '../api/server-clock.ts';
import { useT } from '../i18n/index.ts';
import { announce } from '../ui/announce.tsx';
import { CoverageBadge, ServiceHoursBadge, SeverityBadge, StatusBadge } from '../ui/badges.tsx';
import { Button } from '../ui/button.tsx';
import type { ClockView } from '../ui/clock.ts';
import { ClockBadge } from '../ui/clock-badge.tsx';
import { Choice, Field, useForm } from '../ui/form.tsx';
import { Empty, ErrorState, Loading } from '../ui/states.tsx';
import { type StatusKind, statusLooks } from '../ui/status.ts';
import { Timeline } from '../ui/timeline.tsx';
import { DateTime, MaskedPhone, Money } from '../ui/values.tsx';
import { ConfirmInWords } from '../ui-desk/confirm-in-words.tsx';
import { FormPage } from '../ui-desk/form-page.tsx';
import { ListPage } from '../ui-desk/list-page.tsx';
import { Fact, FactGroup, RecordPage } from '../ui-desk/record-page.tsx';

const hour = 3600;
const now = serverNow();
const clock = (over: Partial<ClockView>): ClockView => ({
  kind: 'arrive',
  basis: 'natural',
  state: 'running',
  target_s: 4 * hour,
  remaining_s: 2.6 * hour,
  as_of: now,
  due_at: now + 2.6 * hour * 1000,
  ...over,
});
const clocks: ClockView[] = [
  clock({}),
  clock({ remaining_s: 0.7 * hour, due_at: now + 0.7 * hour * 1000 }),
  clock({ remaining_s: -0.7 * hour, due_at: now - 0.7 * hour * 1000 }),
  clock({ kind: 'respond', basis: 'working', state: 'paused', pause_reason: 'spare part on its way' }),
  clock({ state: 'met', stopped_at: now - hour * 1000 }),
  clock({ kind: 'restore', basis: 'working', ticking: false, changes_at: now + 9 * hour * 1000 }),
];

interface Row {
  id: string;
  site: string;
  state: string;
  clock: ClockView;
  fee_minor: number;
}
const states = Object.keys(statusLooks.case);
const rows: Row[] = Array.from({ length: 100_000 }, (_, index) => ({
  id: `SQ20261122-${String(index + 1).padStart(4, '0')}`,
  site: `North Gate Car Park, Building ${index % 40}, a name long enough to reach the end of its column`,
  state: states[index % states.length] ?? 'new',
  clock: clocks[index % clocks.length] ?? clock({}),
  fee_minor: (index * 12345) % 900_000,
}));

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section style={{ display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', gap: 8 }}>
      <h2>{title}</h2>
      <div style={{ display: 'flex', flexWrap: 'wrap', gap: 8, alignItems: 'center' }}>{children}</div>
    </section>
  );
}

export function Gallery() {
  const t = useT();
  const [view, setView] = useState('open');
  const [selected, select] = useState<string | undefined>('SQ20261122-0003');
  const [asking, setAsking] = useState(false);
  const form = useForm({
    initial: { symptom: '', effect: undefined as 'stopped' | 'slow' | undefined },
    draft_key: 'gallery',
  });
  const problem = {
    status: 409,
    code: 'case_wrong_state',
    title: 'The case is closed',
    detail: 'It was closed today at 14:05.',
    cure: 'Reopen it with a reason, or report a new fault.',
    errors: [],
  };
  return (
    <main style={{ display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', gap: 24, padding: 16 }}>
      <h1>Gallery</h1>
      {(Object.keys(statusLooks) as StatusKind[]).map((kind) => (
        <Section key={kind} title={kind}>
          {Object.keys(statusLooks[kind]).map((state) => (
            <StatusBadge key={state} kind={kind} state={state} />
          ))}
        </Section>
      ))}
      <Section title="severity, coverage, hours">
        <SeverityBadge severity="major" />
        <SeverityBadge severity="normal" />
        <SeverityBadge severity="major" vip />
        <SeverityBadge severity="normal" vip />
        <CoverageBadge verdict="covered" basis="warranty" date="2027-03-01" onOpen={() => announce('opened')} />
        <CoverageBadge verdict="chargeable" basis="agreement" date="2026-03-02" />
        <CoverageBadge verdict="undecided" missing="acceptance date" />
        <ServiceHoursBadge open changes="17:30" />
        <ServiceHoursBadge open={false} changes="2026-11-23 08:30" />
      </Section>
      <Section title="clocks">
        {clocks.map((each) => (
          <ClockBadge key={`${each.kind}${each.state}${each.remaining_s}`} clock={each} />
        ))}
        {clocks.map((each) => (
          <ClockBadge key={`c${each.kind}${each.state}${each.remaining_s}`} clock={each} compact />
        ))}
      </Section>
      <Section title="values">
        <Money amount_minor={123_450} />
        <Money amount_minor={-5} />
        <Money amount_minor={1500} currency="JPY" />
        <DateTime at={now} />
        <DateTime at={now - 86_400_000} show_zone device_at={now - 86_400_000 - 600_000} />
        <DateTime at="2026-10-09T16:40:00+08:00" zone="Asia/Shanghai" show_zone />
        <MaskedPhone masked="138****5678" onReveal={async () => '+8613800005678'} />
      </Section>
      <Section title="buttons">
        <Button kind="primary">Report</Button>
        <Button>Cancel</Button>
        <Button kind="danger">Withdraw</Button>
        <Button disabled reason="because">
          Disabled
        </Button>
        <Button busy kind="primary">
          Busy
        </Button>
        <Button onClick={() => announce('SQ20261122-0007 reported')}>Announce</Button>
        <Button onClick={() => setAsking(true)}>Ask</Button>
        <Button kind="step" icon="travel">
          Depart
        </Button>
      </Section>
      <ConfirmInWords
        open={asking}
        title="Withdraw the case?"
        consequences={['The case ends here.', 'The customer is told by message.']}
        verb="Withdraw"
        danger
        reason="required"
        onConfirm={() => setAsking(false)}
        onCancel={() => setAsking(false)}
      />
      <Section title="states">
        <Empty
          title="No cases yet"
          hint="A call taken at Intake appears here."
          action={<Button kind="primary">Report</Button>}
        />
        <ErrorState error={problem} />
        <ErrorState error={new TypeError('Failed to fetch')} onRetry={() => undefined} />
        <div style={{ width: 320 }}>
          <Loading rows={3} />
        </div>
      </Section>
      <div className="ac-panel" style={{ padding: 16 }}>
        <Choice
          label="Effect on the business"
          value={form.values.effect}
          onChange={(effect) => form.set('effect', effect)}
          options={[
            { value: 'stopped', label: 'Nobody gets in', hint: 'makes it major' },
            { value: 'slow', label: 'It works, slowly' },
          ]}
        />
      </div>
      <FormPage
        title="Report a fault"
        form={form}
        verb="Report"
        busy={false}
        onSave={() => form.setErrors([{ pointer: '/symptom', code: 'missing', detail: 'Say what happens.' }])}
        problem={problem}
        aside={
          <div className="ac-panel" style={{ padding: 16 }}>
            {t('shell.home.empty')}
          </div>
        }
      >
        <Field label="Symptom" required hint="In the words of the caller" error={form.errorAt('/symptom')}>
          {(input) => <textarea {...input} {...form.text('symptom')} />}
        </Field>
      </FormPage>
      <div style={{ height: 520 }}>
        <ListPage<Row>
          title="Cases"
          views={[
            { key: 'open', label: 'Open', count: 214 },
            { key: 'mine', label: 'Mine', count: 7 },
          ]}
          place={{
            view,
            filters: { severity: 'major' },
            selected,
            columns: undefined,
            setColumns: () => undefined,
            sort: undefined,
            setSort: () => undefined,
            open: () => undefined,
            setView,
            setFilter: () => undefined,
            clearFilters: () => undefined,
            select,
            go: () => undefined,
          }}
          list={{
            rows,
            isPending: false,
            error: null,
            hasMore: false,
            loadingMore: false,
            loadMore: () => undefined,
            refetch: () => undefined,
          }}
          columns={[
            { key: 'id', title: 'Number', width: 160, render: (row) => <span className="ac-figure">{row.id}</span> },
            { key: 'site', title: 'Site', width: 280, render: (row) => row.site },
            {
              key: 'state',
              title: 'State',
              width: 160,
              render: (row) => <StatusBadge kind="case" state={row.state} />,
            },
            { key: 'clock', title: 'Clock', width: 130, render: (row) => <ClockBadge clock={row.clock} compact /> },
            {
              key: 'fee',
              title: 'Fee',
              width: 120,
              align: 'right',
              render: (row) => <Money amount_minor={row.fee_minor} />,
            },
          ]}
          rowId={(row) => row.id}
          onOpen={(id) => announce(id)}
          chips={[{ name: 'severity', label: 'Major' }]}
          detail={(id) => <h2>{id}</h2>}
          bulk={() => <Button>Hand over</Button>}
          empty={{ title: 'No cases' }}
        />
      </div>
      <div style={{ height: 560 }}>
        <RecordPage
          number="SQ20261122-0007"
          title="Barrier stays down"
          trail="Spruce Square · Car park · Barrier B2"
          badges={
            <>
              <StatusBadge kind="case" state="in_field" />
              <SeverityBadge severity="major" vip />
              <CoverageBadge verdict="covered" basis="warranty" date="2027-03-01" />
              <ClockBadge clock={clock({})} />
            </>
          }
          timeline={
            <Timeline
              groups={[
                { key: 'call', label: 'Calls' },
                { key: 'note', label: 'Notes' },
              ]}
              entries={[
                {
                  id: '1',
                  group: 'call',
                  icon: 'phone',
                  who: 'Lin',
                  at: now - 3_600_000,
                  title: 'took a call',
                  body: 'The barrier does not open.',
                  tint: 'customer',
                },
                {
                  id: '2',
                  group: 'note',
                  icon: 'note',
                  who: 'Wang',
                  at: now - 1_800_000,
                  device_at: now - 2_800_000,
                  title: 'wrote a note',
                  body: 'Same fault in spring; take a motor along.',
                  tint: 'internal',
                },
                { id: '3', group: 'status', icon: 'wrench', who: 'Zhou', at: now, title: 'began to work' },
              ]}
              composer={<textarea className="ac-input" aria-label="Note" />}
            />
          }
          facts={
            <FactGroup title="Site">
              <Fact label="Contact">
                <MaskedPhone masked="138****5678" />
              </Fact>
              <Fact label="Access" edit={{ value: '08:00-20:00', save: async () => true }}>
                08:00-20:00
              </Fact>
            </FactGroup>
          }
          next={{ label: 'Record result', onClick: () => undefined }}
          others={[{ key: 'x', label: 'Withdraw', danger: true, onClick: () => undefined }]}
        />
      </div>
    </main>
  );
}
