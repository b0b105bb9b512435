/** Plans that were published before: what happened, why the one before did not stand, who went where, what became of it. */
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useServerNow } from '../api/server-clock.ts';
import { hasText, useT } from '../i18n/index.ts';
import { useUnitName } from '../organisation/requests.ts';
import { Button } from '../ui/button.tsx';
import { formatHours, formatInstant } from '../ui/format.ts';
import { Icon } from '../ui/icon.tsx';
import { Empty, Query } from '../ui/states.tsx';
import { useZone } from '../ui/zone.ts';
import { WindowText } from '../work-orders/parts.tsx';
import { type PlanVersion, type PlanVersionRow, versionQuery, versionsQuery } from './living.ts';
import { CauseText, VersionState, WaitsText } from './plan-words.tsx';

/** `shown` names one of them, as the address does: the unit and the number. */
export function Versions(props: {
  unit: string | undefined;
  shown: string | undefined;
  onShow: (of: string) => void;
  onOpen: (order_id: string) => void;
}) {
  const { unit, shown, onShow, onOpen } = props;
  const [of, number] = shown?.split('.') ?? [];
  return of && Number(number) > 0 ? (
    <Version unit={of} number={Number(number)} onBack={() => onShow('')} onOpen={onOpen} />
  ) : (
    <List key={unit} unit={unit} onShow={onShow} />
  );
}

function List({ unit, onShow }: { unit: string | undefined; onShow: (of: string) => void }) {
  const t = useT();
  // The pages that were turned, by where each begins; the first begins nowhere.
  const [pages, setPages] = useState<readonly string[]>([]);
  const query = useQuery(versionsQuery(unit, pages.at(-1)));
  return (
    <Query of={query} shape="list">
      {({ items, next }) => (
        <div className="ad-plan-body">
          {items.length === 0 && <Empty title={t('plans.versions.empty')} hint={t('plans.versions.empty.hint')} />}
          <ul className="ad-plan-lines">
            {items.map((each) => (
              <Row key={`${each.unit_id}.${each.number}`} row={each} named={!unit} onShow={onShow} />
            ))}
          </ul>
          {(next || pages.length > 0) && (
            <div className="ad-steps">
              {pages.length > 0 && (
                <Button icon="back" onClick={() => setPages(pages.slice(0, -1))}>
                  {t('plans.versions.newer')}
                </Button>
              )}
              {next && (
                <Button icon="right" onClick={() => setPages([...pages, next])}>
                  {t('plans.versions.older')}
                </Button>
              )}
            </div>
          )}
        </div>
      )}
    </Query>
  );
}

function Row({ row, named, onShow }: { row: PlanVersionRow; named: boolean; onShow: (of: string) => void }) {
  const t = useT();
  const zone = useZone();
  const now = useServerNow(60_000);
  const unitName = useUnitName();
  const { proposals, moves, left_out } = row.counts;
  return (
    <li className="ad-plan-line" data-key={`${row.unit_id}.${row.number}`}>
      <div>
        <p className="ad-plan-what">
          <button type="button" className="ac-link ad-plan-site" onClick={() => onShow(`${row.unit_id}.${row.number}`)}>
            {t('plans.number', { number: row.number })}
          </button>
          {named && <b>{unitName(row.unit_id)}</b>}
          <span className="ac-figure">{formatInstant(row.made_at, zone, now)}</span>
          <VersionState state={row.state} />
        </p>
        <p>
          <CauseText of={row} />
        </p>
        <p className="ac-second">
          {t('plans.counts', { proposals, moves, left_out })}
          <Decided row={row} />
        </p>
      </div>
    </li>
  );
}

// The program did it by itself where it names nobody; when is said either way.
function Decided({ row }: { row: PlanVersionRow }) {
  const t = useT();
  const zone = useZone();
  const now = useServerNow(60_000);
  if (!row.decided_at) return null;
  const time = formatInstant(row.decided_at, zone, now);
  return (
    <>
      {' · '}
      {row.decided_by ? t('plans.accepted_by', { name: row.decided_by, time }) : t('plans.done_at', { time })}
    </>
  );
}

function Version(props: { unit: string; number: number; onBack: () => void; onOpen: (order_id: string) => void }) {
  const t = useT();
  const { unit, number, onBack, onOpen } = props;
  const query = useQuery(versionQuery(unit, number));
  return (
    <div className="ad-plan-body">
      <p>
        <Button icon="back" onClick={onBack}>
          {t('plans.versions.back')}
        </Button>
      </p>
      <Query of={query} shape="list">
        {(plan) => <Content plan={plan} onOpen={onOpen} />}
      </Query>
    </div>
  );
}

function Content({ plan, onOpen }: { plan: PlanVersion; onOpen: (order_id: string) => void }) {
  const t = useT();
  const zone = useZone();
  const now = useServerNow(60_000);
  const unitName = useUnitName();
  const { version, proposals, moves, left_out, changes } = plan;
  const site = (of: { work_order_id: string; site_name: string; number: string }) => (
    <p className="ad-plan-what">
      <button type="button" className="ac-link ad-plan-site" onClick={() => onOpen(of.work_order_id)}>
        {of.site_name}
      </button>{' '}
      <span className="ac-second ac-figure">{of.number}</span>
    </p>
  );
  return (
    <>
      <div>
        <h3>
          {unitName(version.unit_id)} · {t('plans.number', { number: version.number })}{' '}
          <VersionState state={version.state} />
        </h3>
        <p>
          <span className="ac-figure">{formatInstant(version.made_at, zone, now)}</span> · <CauseText of={version} />
        </p>
        <p className="ac-second">
          {t('plans.cost', { before: formatHours(version.cost_before), after: formatHours(version.cost_after) })}
          <Decided row={version} />
        </p>
      </div>
      {/* Of the first one everything would be different. */}
      {changes.length > 0 && !version.why.includes('first') && (
        <section aria-labelledby="version-changes">
          <h3 id="version-changes">{t('plans.changes', { n: changes.length })}</h3>
          <ul className="ad-plan-lines">
            {changes.map((each) => (
              <li key={`${each.work_order_id}.${each.visit_id ?? ''}`} className="ad-plan-line">
                <div>
                  {site(each)}
                  <p className="ad-plan-who">
                    <b>{t(`plans.change.${each.what}`)}</b>
                    {each.from_name && (
                      <span className="ad-plan-from">
                        {each.from_name}{' '}
                        <span className="ac-figure">
                          {each.from_start && formatInstant(each.from_start, each.zone, now)}
                        </span>
                      </span>
                    )}
                    {each.from_name && each.engineer_name && (
                      <Icon name="right" size={14} title={t('dispatch.plan.to')} />
                    )}
                    {each.engineer_name && (
                      <span>
                        {each.engineer_name}{' '}
                        <span className="ac-figure">{each.start && formatInstant(each.start, each.zone, now)}</span>
                      </span>
                    )}
                  </p>
                </div>
              </li>
            ))}
          </ul>
        </section>
      )}
      {moves.length > 0 && (
        <section aria-labelledby="version-moves">
          <h3 id="version-moves">{t('dispatch.plan.moves', { n: moves.length })}</h3>
          <ul className="ad-plan-lines">
            {moves.map((each) => (
              <li key={each.visit_id} className="ad-plan-line">
                <div>
                  {site({ ...each, number: each.visit_number })}
                  <p className="ad-plan-who">
                    <span className="ad-plan-from">{each.from_name}</span>
                    <Icon name="right" size={14} title={t('dispatch.plan.to')} /> <b>{each.engineer_name}</b>
                    <WindowText window={each.window} zone={each.zone} />
                  </p>
                  <WaitsText waits={each.waits} />
                </div>
              </li>
            ))}
          </ul>
        </section>
      )}
      {proposals.length > 0 && (
        <section aria-labelledby="version-proposals">
          <h3 id="version-proposals">{t('dispatch.plan.proposals', { n: proposals.length })}</h3>
          <ul className="ad-plan-lines">
            {proposals.map((each) => (
              <li key={each.work_order_id} className="ad-plan-line">
                <div>
                  {site(each)}
                  <p className="ad-plan-who">
                    <b>{each.engineer_name}</b> <WindowText window={each.window} zone={each.zone} />
                  </p>
                  <WaitsText waits={each.waits} />
                </div>
              </li>
            ))}
          </ul>
        </section>
      )}
      {left_out.length > 0 && (
        <section aria-labelledby="version-left-out">
          <h3 id="version-left-out">{t('dispatch.plan.left_out', { n: left_out.length })}</h3>
          <ul className="ad-plan-lines">
            {left_out.map((each) => (
              <li key={each.work_order_id} className="ad-plan-line ad-plan-left-out">
                <div>
                  {site(each)}
                  <p>
                    {each.reasons
                      .map((code) => (hasText(`plans.left.${code}`) ? t(`plans.left.${code}`) : code))
                      .join(t('plans.and'))}
                  </p>
                </div>
              </li>
            ))}
          </ul>
        </section>
      )}
      {proposals.length + moves.length + left_out.length === 0 && <Empty title={t('plans.nothing')} />}
    </>
  );
}
