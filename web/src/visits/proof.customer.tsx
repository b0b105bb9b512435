/** Whether a printed service order is genuine: what its holder compares with the paper. */
import { useEffect, useState } from 'react';
import { api, call } from '../api/client.ts';
import { type Problem, toProblem } from '../api/problem.ts';
import { serverNow } from '../api/server-clock.ts';
import { useT } from '../i18n/index.ts';
import { formatInstant } from '../ui/format.ts';
import { Icon } from '../ui/icon.tsx';
import { ErrorState, Loading } from '../ui/states.tsx';
import { DateTime, Money } from '../ui/values.tsx';
import type { Schemas } from './requests.ts';

type Proof = Schemas['ProofView'];
type Found = { proof: Proof } | { problem: Problem };

export default function ProofPage({ params }: { params: Record<string, string> }) {
  const t = useT();
  const { code = '' } = params;
  const [found, setFound] = useState<Found>();
  const [again, setAgain] = useState(0);

  // biome-ignore lint/correctness/useExhaustiveDependencies: `again` asks once more
  useEffect(() => {
    let gone = false;
    call(api.GET('/api/public/papers/{code}', { params: { path: { code } } }))
      .then((proof): Found => ({ proof }))
      .catch((error: unknown): Found => ({ problem: toProblem(error) }))
      .then((next) => {
        if (!gone) setFound(next);
      });
    return () => {
      gone = true;
    };
  }, [code, again]);

  return (
    <section className="ac-panel">
      <h1>{t('papers.proof.title')}</h1>
      {!found && <Loading shape="record" rows={4} />}
      {found && 'problem' in found && found.problem.status !== 404 && (
        <ErrorState error={found.problem} onRetry={() => setAgain(again + 1)} />
      )}
      {found && 'problem' in found && found.problem.status === 404 && <Verdict standing="unknown" />}
      {found && 'proof' in found && <Standing of={found.proof} />}
    </section>
  );
}

function Verdict({ standing, time = '' }: { standing: Proof['standing'] | 'unknown'; time?: string }) {
  const t = useT();
  return (
    <div className="at-proof" data-standing={standing} role={standing === 'genuine' ? 'status' : 'alert'}>
      <p className="at-proof-word">
        <Icon name={standing === 'genuine' ? 'check' : 'warning'} size={28} /> {t(`papers.proof.${standing}`)}
      </p>
      <p>{t(`papers.proof.${standing}.hint`, { time })}</p>
    </div>
  );
}

function Standing({ of }: { of: Proof }) {
  const t = useT();
  return (
    <>
      <Verdict
        standing={of.standing}
        {...(of.superseded_at ? { time: formatInstant(of.superseded_at, of.zone, serverNow(), true) } : {})}
      />
      <dl className="at-facts">
        <dt>{t('papers.proof.company')}</dt>
        <dd>{of.company}</dd>
        <dt>{t('papers.proof.number')}</dt>
        <dd className="ac-figure">{of.number}</dd>
        <dt>{t(of.refused ? 'papers.proof.refused_at' : 'papers.proof.signed_at')}</dt>
        <dd>
          {of.signed_at ? <DateTime at={of.signed_at} zone={of.zone} full show_zone /> : t('papers.proof.not_signed')}
        </dd>
        {of.badge_number && (
          <>
            <dt>{t('papers.proof.badge')}</dt>
            <dd className="ac-figure">{of.badge_number}</dd>
          </>
        )}
        {of.hotline && (
          <>
            <dt>{t('papers.proof.hotline')}</dt>
            <dd>
              <a className="ac-figure" href={`tel:${of.hotline}`}>
                {of.hotline}
              </a>
            </dd>
          </>
        )}
        {of.total_minor !== null && of.total_minor !== undefined && (
          <>
            <dt>{t('papers.proof.total')}</dt>
            <dd>
              <Money amount_minor={of.total_minor} currency={of.currency} />
            </dd>
          </>
        )}
      </dl>
    </>
  );
}
