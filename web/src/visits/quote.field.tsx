/** The price, shown to the customer before chargeable work, and their word on it (P22, P72). */
import './visit.css';
import './service-order.css';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useT } from '../i18n/index.ts';
import { announce } from '../ui/announce.tsx';
import { Empty } from '../ui/states.tsx';
import { useDeed, useVisitHere } from './command.ts';
import { Cover } from './cover.tsx';
import { OfVisit } from './of-visit.tsx';
import type { Visit } from './requests.ts';
import { Lines, Sums } from './service-order.tsx';
import { SignForm } from './sign-form.tsx';

function Quote({ visit }: { visit: Visit }) {
  const t = useT();
  const navigate = useNavigate();
  const { quote, order } = visit;
  const command = useDeed(visit, 'acknowledge');
  if (!quote) return <Empty title={t('visits.quote.nothing')} />;
  const finding = visit.findings.at(-1);
  return (
    <article className="so-paper so-large">
      <header className="so-head">
        <h1>{t('visits.quote.title')}</h1>
        <p className="so-numbers">{order.number}</p>
        <p>
          {order.site.name} · {order.place}
        </p>
      </header>
      {finding && (
        <section>
          <h2>{t('visits.finding.title')}</h2>
          <p>{finding.text}</p>
          <p>{finding.action}</p>
        </section>
      )}
      <section>
        <h2>{t('visits.paper.fees')}</h2>
        <Lines lines={quote.document.lines} currency={quote.document.totals.currency} large />
        <Sums totals={quote.document.totals} />
      </section>
      {quote.acknowledged && !command.busy ? (
        <p className="af-mark-done">{t('visits.quote.agreed')}</p>
      ) : (
        <SignForm
          draft_key={`visit.${visit.id}.quote`}
          name={order.contact?.name ?? ''}
          statement={t('visits.quote.statement')}
          hash={quote.sha256}
          submit={t('visits.quote.agree')}
          busy={command.busy}
          problem={command.problem}
          onSign={async (signer_name, strokes) => {
            const done = await command.run({ quote_hash: quote.sha256, signer_name, strokes }, { hear: true });
            if (!done) return false;
            announce(t('visits.quote.agreed'));
            await navigate({ to: '/visits/$visit_id', params: { visit_id: visit.id }, replace: true });
            return true;
          }}
        />
      )}
    </article>
  );
}

export default function QuotePage() {
  const t = useT();
  const { visit_id = '' } = useParams({ strict: false });
  const here = useVisitHere(visit_id);
  return (
    <Cover visit_id={visit_id} title={t('visits.quote.title')}>
      <OfVisit here={here}>{(data) => <Quote visit={data} />}</OfVisit>
    </Cover>
  );
}
