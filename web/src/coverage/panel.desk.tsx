/** Why a case is covered or not: verdict, clause, dates and payer per kind of charge; exclusions and overrulings. */
import { useQuery } from '@tanstack/react-query';
import { Drawer } from 'antd';
import { useState } from 'react';
import { useCommand } from '../api/command.ts';
import { toProblem } from '../api/problem.ts';
import { keys } from '../api/queries.ts';
import { useT } from '../i18n/index.ts';
import { useMay } from '../identity/me.ts';
import { CoverageBadge } from '../ui/badges.tsx';
import { useBoth } from '../ui/both.ts';
import { Button } from '../ui/button.tsx';
import { Empty, ErrorState, Query } from '../ui/states.tsx';
import { DateTime } from '../ui/values.tsx';
import { PlainTable } from '../ui-desk/plain-table.tsx';
import { DecideExclusionDialog, OverruleDialog, ProposeExclusionDialog } from './dialogs.desk.tsx';
import { OutsideWorkDialog } from './outside-work.desk.tsx';
import { Photo } from './photos.desk.tsx';
import './coverage.css';
import { approve, type CaseDecision, type Decision, decisionQuery, type Finding, type Schemas } from './requests.ts';

export function CoveragePanel(props: { case_id: string; has_asset: boolean; onClose: () => void }) {
  const t = useT();
  const { case_id, has_asset, onClose } = props;
  const query = useQuery({ ...decisionQuery(case_id), enabled: has_asset });
  const none = !has_asset || (query.error && toProblem(query.error).code === 'coverage_not_decided');
  return (
    <Drawer open title={t('coverage.title')} onClose={onClose} size={760} className="ad-coverage-drawer">
      {none ? (
        <Empty title={t('coverage.none')} hint={t(has_asset ? 'coverage.none.hint' : 'coverage.no_device')} />
      ) : (
        <Query of={query}>{(decision) => <Panel case_id={case_id} kept={decision} />}</Query>
      )}
    </Drawer>
  );
}

type Open =
  | { what: 'outside_work' }
  | { what: 'propose' }
  | { what: 'overrule' }
  | { what: 'decide'; finding: Finding };

function Panel({ case_id, kept }: { case_id: string; kept: CaseDecision }) {
  const t = useT();
  const both = useBoth();
  const may = useMay();
  const [open, setOpen] = useState<Open>();
  const { decision } = kept;
  const close = () => setOpen(undefined);
  return (
    <div className="ad-coverage">
      <section>
        <Verdict decision={decision} />
        <p className="ac-second">
          {t('coverage.decided', { ordinal: kept.ordinal, cause: t(`coverage.cause.${kept.cause}`) })}{' '}
          <DateTime at={kept.decided_at} full />
          {kept.engine_verdict !== decision.verdict &&
            ` · ${t('coverage.engine', { verdict: t(`status.coverage.${kept.engine_verdict}`) })}`}
        </p>
      </section>
      <Reasons decision={decision} />
      {decision.missing.length > 0 && (
        <section className="ad-coverage-missing">
          <h3>{t('coverage.missing')}</h3>
          <ul>
            {decision.missing.map(({ what, about, how }) => (
              <li key={`${what}${about}`}>{both(how)}</li>
            ))}
          </ul>
        </section>
      )}
      <section>
        <h3>{t('coverage.charges')}</h3>
        <Charges decision={decision} />
      </section>
      <section>
        <h3>{t('coverage.layers')}</h3>
        {decision.layers.length === 0 ? (
          <p className="ac-second">{t('coverage.layers.none')}</p>
        ) : (
          <PlainTable
            label={t('coverage.layers')}
            rows={decision.layers}
            rowId={({ layer, source }, index) => `${layer}${source}${index}`}
            columns={[
              { key: 'name', title: t('coverage.column.layer'), render: ({ name }) => both(name) },
              {
                key: 'source',
                title: t('coverage.column.source'),
                render: ({ source, serial }) => [source, serial].filter(Boolean).join(' · ') || '—',
              },
              {
                key: 'state',
                title: t('coverage.column.state'),
                render: ({ state }) => t(`coverage.layer_state.${state}`),
              },
              {
                key: 'period',
                title: t('coverage.column.period'),
                render: ({ period }) =>
                  period ? (
                    <span className="ac-figure">
                      {period.start} – {period.end}
                      {period.extended && ` (${t('coverage.extended', { date: period.nominal_end })})`}
                    </span>
                  ) : (
                    '—'
                  ),
              },
            ]}
          />
        )}
      </section>
      <section>
        <div className="ad-head">
          <h3>{t('coverage.outside_work')}</h3>
          {may('coverage.decide') && (
            <Button icon="draft" onClick={() => setOpen({ what: 'outside_work' })}>
              {t('coverage.outside_work.edit')}
            </Button>
          )}
        </div>
        {kept.outside_work.length === 0 && <p className="ac-second">{t('coverage.outside_work.none')}</p>}
        {kept.outside_work.map(({ name, done_on, designated }) => (
          <p key={`${name}${done_on}`} className="ad-finding">
            {name} <span className="ac-figure">{done_on}</span>{' '}
            <span className="ad-tag">
              {t(designated ? 'coverage.outside_work.designated' : 'coverage.outside_work.not_designated')}
            </span>
          </p>
        ))}
      </section>
      <section>
        <div className="ad-head">
          <h3>{t('coverage.exclusions')}</h3>
          {may('coverage.decide') && (
            <Button icon="plus" onClick={() => setOpen({ what: 'propose' })}>
              {t('coverage.exclusion.propose')}
            </Button>
          )}
        </div>
        {decision.proposals
          .filter(({ source }) => source !== 'finding')
          .map(({ code, name, clause }) => (
            <p key={code} className="ad-finding">
              {t('coverage.proposal.by_data', { name: both(name) })}
              <span className="ac-second"> {both(clause.text)}</span>
            </p>
          ))}
        {kept.findings.length === 0 && <p className="ac-second">{t('coverage.exclusions.none')}</p>}
        {kept.findings.map((finding) => (
          <FindingCard
            key={finding.id}
            finding={finding}
            onDecide={may('coverage.decide') ? () => setOpen({ what: 'decide', finding }) : undefined}
          />
        ))}
      </section>
      <section>
        <div className="ad-head">
          <h3>{t('coverage.overrulings')}</h3>
          {may('coverage.overrule') && (
            <Button onClick={() => setOpen({ what: 'overrule' })}>{t('coverage.overrule')}</Button>
          )}
        </div>
        {kept.overrulings.length === 0 && <p className="ac-second">{t('coverage.overrulings.none')}</p>}
        {kept.overrulings.map((overruling) => (
          <Overruling
            key={overruling.id}
            case_id={case_id}
            overruling={overruling}
            canApprove={may('coverage.overrule')}
          />
        ))}
      </section>
      {open?.what === 'outside_work' && <OutsideWorkDialog case_id={case_id} kept={kept} onClose={close} />}
      {open?.what === 'propose' && (
        <ProposeExclusionDialog
          case_id={case_id}
          taken={kept.findings.filter(({ state }) => state === 'proposed').map(({ code }) => code)}
          onClose={close}
        />
      )}
      {open?.what === 'decide' && <DecideExclusionDialog case_id={case_id} finding={open.finding} onClose={close} />}
      {open?.what === 'overrule' && <OverruleDialog case_id={case_id} kept={kept} onClose={close} />}
    </div>
  );
}

/** The verdict with its clause and days. */
export function Verdict({ decision }: { decision: Decision }) {
  const both = useBoth();
  const { badge, clause } = decision;
  const basis = badge.layer === 'acceptance_year' ? 'warranty' : badge.layer;
  return (
    <div className="ad-verdict">
      <CoverageBadge verdict={decision.verdict} date={badge.until ?? null} {...(basis ? { basis } : {})} />
      {clause && <span data-clause={clause.promise}>{both(clause.text)}</span>}
    </div>
  );
}

/** Why, the deciding reason first. */
export function Reasons({ decision }: { decision: Decision }) {
  const both = useBoth();
  return (
    <ol className="ad-reasons">
      {decision.reasons.map(({ code, text }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the reasons of a decision are fixed
        <li key={`${code}${index}`}>{both(text)}</li>
      ))}
    </ol>
  );
}

function Charges({ decision }: { decision: Decision }) {
  const t = useT();
  const both = useBoth();
  return (
    <PlainTable
      label={t('coverage.charges')}
      rows={decision.charges}
      rowId={({ kind }) => kind}
      columns={[
        { key: 'kind', title: t('coverage.column.kind'), render: ({ name }) => both(name) },
        {
          key: 'payer',
          title: t('coverage.column.payer'),
          render: ({ payer, outcome, overruled }) => (
            <>
              <b>{payer ? t(`coverage.payer.${payer}`) : '—'}</b>{' '}
              <span className="ac-second">{t(`coverage.outcome.${outcome}`)}</span>
              {overruled && <span className="ad-tag">{t('coverage.overruled')}</span>}
            </>
          ),
        },
        {
          key: 'clause',
          title: t('coverage.column.clause'),
          render: ({ clause, limited_to }) => (
            <>
              <span data-clause={clause.promise}>{both(clause.text)}</span>
              {limited_to && (
                <div className="ac-second">
                  {t('coverage.limited', {
                    serials: limited_to.serials.join(', '),
                    payer: limited_to.otherwise ? t(`coverage.payer.${limited_to.otherwise}`) : '—',
                  })}
                </div>
              )}
            </>
          ),
        },
      ]}
    />
  );
}

function FindingCard({ finding, onDecide }: { finding: Finding; onDecide: (() => void) | undefined }) {
  const t = useT();
  return (
    <article className="ad-finding">
      <div className="ad-head">
        <b>{t(`coverage.exclusion.${finding.code}`)}</b>
        <span className="ad-tag">{t(`coverage.finding.${finding.state}`)}</span>
        {finding.state === 'proposed' && onDecide && (
          <Button onClick={onDecide}>{t('coverage.exclusion.decide')}</Button>
        )}
      </div>
      <p className="ac-second">
        <DateTime at={finding.proposed_at} full />
        {finding.explained_at && ` · ${t('coverage.explained')}`}
        {finding.acknowledgement && ` · ${t(`coverage.acknowledgement.${finding.acknowledgement}`)}`}
      </p>
      {finding.evidence
        .filter(({ text }) => text)
        .map(({ text, added_at }) => (
          <p key={added_at}>{text}</p>
        ))}
      <div className="ad-row">
        {finding.evidence.map(({ sha256 }) => sha256 && <Photo key={sha256} digest={sha256} />)}
      </div>
      {finding.ruled_reason && <p>{t('coverage.ruled', { reason: finding.ruled_reason })}</p>}
    </article>
  );
}

function Overruling(props: { case_id: string; overruling: Schemas['OverrulingView']; canApprove: boolean }) {
  const t = useT();
  const { case_id, overruling, canApprove } = props;
  const answer = useCommand((approved: boolean, options) => approve(overruling.id, { approved }, options), {
    touches: [keys.one('case', case_id)],
  });
  return (
    <article className="ad-finding">
      <div className="ad-head">
        <b>
          {overruling.verdict ? t(`status.coverage.${overruling.verdict}`) : t('coverage.overrule.payers')}
          {overruling.payers.map(
            ({ kind, payer }) => ` · ${t(`coverage.charge.${kind}`)}: ${t(`coverage.payer.${payer}`)}`,
          )}
        </b>
        <span className="ad-tag">{t(`coverage.overruling.${overruling.state}`)}</span>
      </div>
      <p className="ac-second">
        <DateTime at={overruling.asked_at} full />
      </p>
      <p>{overruling.reason}</p>
      {overruling.state === 'waiting' && canApprove && (
        <div className="ad-row">
          <Button busy={answer.busy} onClick={() => void answer.run(true)}>
            {t('coverage.approve')}
          </Button>
          <Button busy={answer.busy} onClick={() => void answer.run(false)}>
            {t('coverage.decline')}
          </Button>
        </div>
      )}
      {answer.problem && <ErrorState error={answer.problem} inline />}
    </article>
  );
}
