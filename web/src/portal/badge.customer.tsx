/** Behind the QR of a badge: is this person sent by us today? (P66) */
import './portal.css';
import { useEffect, useState } from 'react';
import { type Problem, toProblem } from '../api/problem.ts';
import { useT } from '../i18n/index.ts';
import { Icon } from '../ui/icon.tsx';
import { ErrorState, Loading } from '../ui/states.tsx';
import { DateTime } from '../ui/values.tsx';
import { ask, type BadgePage, picture } from './call.ts';

export default function BadgeScreen({ params }: { params: Record<string, string> }) {
  const code = params.code ?? '';
  const t = useT();
  const [page, setPage] = useState<BadgePage>();
  const [face, setFace] = useState<string>();
  const [problem, setProblem] = useState<Problem>();
  const load = async () => {
    setProblem(undefined);
    try {
      const found = await ask<BadgePage>('GET', `/api/badge/${code}`);
      setPage(found);
      if (found.photo) setFace(await picture(`/api/badge/${code}/photo`));
    } catch (error) {
      setProblem(toProblem(error));
    }
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked for once
  useEffect(() => void load(), []);
  if (problem)
    return (
      <section className="ac-panel">
        <ErrorState error={problem} onRetry={() => void load()} />
      </section>
    );
  if (!page) return <Loading shape="card" rows={4} />;
  return (
    <>
      <h1 className="at-title">{t('track.badge.title')}</h1>
      <section className="ac-panel ac-form" role="status">
        <p className="at-verdict" data-sent={page.sent}>
          <Icon name={page.sent ? 'check' : 'cross'} size={28} />
          {t(page.sent ? 'track.badge.yes' : page.known ? 'track.badge.not_today' : 'track.badge.unknown')}
        </p>
        {page.sent ? (
          <>
            <div className="at-engineer">
              {face && (
                <img className="at-face" src={face} alt={t('track.engineer.photo', { name: page.name ?? '' })} />
              )}
              <div>
                <p>
                  <b>{page.name}</b>
                </p>
                <p>{t('track.engineer.badge', { number: page.badge_number ?? '' })}</p>
              </div>
            </div>
            {page.visits.map(({ district, from, to, zone }) => (
              <p key={from}>
                <Icon name="pin" size={16} /> {district} <DateTime at={from} zone={zone} />–
                <DateTime at={to} zone={zone} show_zone />
              </p>
            ))}
            <p className="ac-second">{t('track.badge.compare')}</p>
          </>
        ) : (
          <p>{t('track.badge.no_hint')}</p>
        )}
        {page.hotline && (
          <a className="ac-button ac-button-step" href={`tel:${page.hotline}`}>
            <Icon name="phone" size={20} /> {t('track.hotline', { number: page.hotline })}
          </a>
        )}
      </section>
    </>
  );
}
