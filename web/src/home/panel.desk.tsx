/** The to-do list: what is mine, what is late, what is next; each line opens the thing. */
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { CaseClocks, countWords } from '../cases/badges.tsx';
import { type CaseCount, type CaseRow, homeQuery } from '../cases/requests.ts';
import { useT } from '../i18n/index.ts';
import { useMay } from '../identity/me.ts';
import { SeverityBadge, StatusBadge } from '../ui/badges.tsx';
import { Empty, Query } from '../ui/states.tsx';
import { DateTime } from '../ui/values.tsx';
import '../cases/cases.css';

export default function CasesPanel() {
  const t = useT();
  const may = useMay();
  const query = useQuery(homeQuery);
  return (
    <Query of={query} shape="card">
      {({ cases: home, as_of }) => {
        if (!home) return null;
        // What cries first stands first; what is mine is always there.
        // Finance, follow-up, parts, depot and training own no cases: their own panel says what is next for them.
        const owns = may('cases.triage') || home.mine_count.n > 0;
        const tiles: { key: string; view: string; count: CaseCount; grave?: boolean; shown: boolean }[] = [
          { key: 'mine', view: 'mine', count: home.mine_count, shown: owns },
          { key: 'mine_late', view: 'mine', count: home.mine_late, grave: true, shown: home.mine_late.n > 0 },
          { key: 'offered', view: 'mine', count: home.offered, shown: home.offered.n > 0 },
          { key: 'late', view: 'late', count: home.late, grave: true, shown: may('cases.triage', 'visits.plan') },
          { key: 'unowned', view: 'unowned', count: home.unowned, shown: may('cases.triage') },
          { key: 'open', view: 'open', count: home.open, shown: true },
        ];
        return (
          <section className="ac-panel ad-todo">
            <div className="ad-head">
              <h2>{t(owns ? 'home.todo' : 'home.cases')}</h2>
              {may('cases.report') && (
                <Link to="/intake" className="ac-button ac-button-primary">
                  {t('home.report')}
                </Link>
              )}
            </div>
            <div className="ad-tiles">
              {tiles
                .filter(({ shown }) => shown)
                .map(({ key, view, count, grave }) => (
                  <Link key={key} to="/cases" search={{ view }} className="ad-tile" data-grave={grave && count.n > 0}>
                    <span className="ac-figure">{countWords(count)}</span>
                    <span>{t(`home.tile.${key}`)}</span>
                  </Link>
                ))}
            </div>
            {!owns ? null : home.mine.length > 0 ? (
              <Rows rows={home.mine} as_of={as_of} />
            ) : home.late_rows.length > 0 && may('visits.plan') ? (
              // Whoever leads has no cases of their own: what is late in their reach is their work.
              <>
                <h3>{t('home.late_title')}</h3>
                <Rows rows={home.late_rows} as_of={as_of} />
              </>
            ) : (
              <Empty title={t('home.mine.none')} hint={t('home.mine.none.hint')} />
            )}
            {home.mine_count.n > home.mine.length && (
              <p>
                <Link to="/cases" search={{ view: 'mine' }}>
                  {t('home.all_mine', { count: countWords(home.mine_count) })}
                </Link>
              </p>
            )}
          </section>
        );
      }}
    </Query>
  );
}

function Rows({ rows, as_of }: { rows: readonly CaseRow[]; as_of: number }) {
  const t = useT();
  return (
    <ul className="ad-todo-list">
      {rows.map((row) => (
        <li key={row.id}>
          <Link to={`/cases/${row.id}`} className="ad-todo-item">
            <span className="ad-todo-when">
              <CaseClocks clocks={row.clocks} as_of={as_of} zone={row.zone} lead />
            </span>
            <span className="ad-todo-what">
              <b>{row.next ? t(`cases.next.${row.next.step}`) : t(`status.case.${row.state}`)}</b> {row.site_name}
              <span className="ac-second ad-clip">
                <span className="ac-figure">{row.number}</span> · {row.symptom}
              </span>
            </span>
            <span className="ad-badges">
              <SeverityBadge severity={row.severity} vip={row.vip_level !== 'none'} />
              <StatusBadge kind="case" state={row.state} />
              {row.next && (
                <span className={row.late ? 'ad-late' : 'ac-second'}>
                  <DateTime at={row.next.due_at} zone={row.zone} />
                </span>
              )}
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
