/** An engineer of the board: who, when at work, what is planned; and, in two clicks, off for the rest of the day. */
import { useCommand } from '../api/command.ts';
import { useServerNow } from '../api/server-clock.ts';
import { useT } from '../i18n/index.ts';
import { useMay } from '../identity/me.ts';
import { announce } from '../ui/announce.tsx';
import { StatusBadge } from '../ui/badges.tsx';
import { Button } from '../ui/button.tsx';
import { toMs } from '../ui/format.ts';
import { Fact } from '../ui-desk/record-page.tsx';
import { EngineerName, WindowText } from '../work-orders/parts.tsx';
import { formatMinutes } from '../work-orders/words.ts';
import { AskFirst, TakeBack } from './absence.desk.tsx';
import { type AbsenceSpan, recordAbsence } from './requests.ts';
import type { Row } from './timeline.desk.tsx';

export function EngineerPane(props: {
  row: Row;
  zone: string;
  /** Whether the board shows today: only then its visits are those of the rest of the day. */
  today: boolean;
  skillName: (code: string) => string;
  onSelect: (order_id: string) => void;
  onClose: () => void;
  /** They are off: who goes instead is planned next. What of it was no leave before can be taken back. */
  onOff: (engineer_id: string, added: readonly AbsenceSpan[]) => void;
}) {
  const t = useT();
  const may = useMay();
  const now = useServerNow(60_000);
  const { row, zone, today, skillName, onSelect, onClose, onOff } = props;
  const { engineer, blocks } = row;
  const command = useCommand((id: string, options) => recordAbsence(id, options), {
    touches: [['case', 'list']],
  });
  const waiting = blocks.filter(({ movable }) => movable);
  // What is over of a leave can't be taken back.
  const leave = engineer.leave
    .filter(({ end }) => toMs(end) > now)
    .map(({ start, end }) => ({ from: new Date(Math.max(toMs(start), now)).toISOString(), until: end }));
  const away = blocks.filter(({ movable, visit_state }) => !movable && visit_state !== 'left');
  const off = async () => {
    const recorded = await command.run(engineer.id);
    if (!recorded) return false;
    announce(t('dispatch.off.done', { name: engineer.name }));
    onOff(engineer.id, recorded.added);
    return true;
  };
  return (
    <aside className="ac-panel ad-board-pane" aria-label={t('dispatch.engineer')}>
      <div className="ad-pane-head">
        <h2>
          <EngineerName {...engineer} />
        </h2>
        <Button icon="cross" onClick={onClose}>
          {t('common.close')}
        </Button>
      </div>
      <dl className="ad-pane-facts">
        <Fact label={t('workorders.skill')}>{engineer.skills.map(skillName).join(' · ') || '—'}</Fact>
        <Fact label={t('dispatch.shift')}>
          <span>
            {engineer.shifts.length === 0
              ? t('dispatch.engineer.no_shift')
              : engineer.shifts.map((shift) => (
                  <span key={shift.start}>
                    <WindowText window={shift} zone={zone} />{' '}
                  </span>
                ))}
          </span>
        </Fact>
        {engineer.leave.length > 0 && (
          <Fact label={t('dispatch.leave')}>
            <span>
              {engineer.leave.map((span) => (
                <span key={span.start}>
                  <WindowText window={span} zone={zone} />{' '}
                </span>
              ))}
            </span>
          </Fact>
        )}
        <Fact label={t('dispatch.plan')}>
          {t('dispatch.load', { load: formatMinutes(engineer.load_min), shift: formatMinutes(engineer.shift_min) })}
        </Fact>
      </dl>
      <h3>{t('dispatch.engineer.visits', { n: blocks.length })}</h3>
      {blocks.length === 0 ? (
        <p className="ac-second">{t('dispatch.engineer.none')}</p>
      ) : (
        <ul className="ad-plan-lines">
          {[...blocks]
            .sort((a, b) => toMs(a.window.start) - toMs(b.window.start))
            .map((block) => (
              <li key={block.id} className="ad-plan-line">
                <div>
                  <p className="ad-plan-what">
                    <StatusBadge kind="visit" state={block.visit_state} />{' '}
                    <button
                      type="button"
                      className="ac-link ad-plan-site"
                      onClick={() => onSelect(block.order.work_order_id)}
                    >
                      {block.order.site_name}
                    </button>
                  </p>
                  <WindowText window={block.window} zone={zone} />
                </div>
              </li>
            ))}
        </ul>
      )}
      {may('organisation.absence') && leave.length > 0 && (
        <TakeBack engineer={engineer} spans={leave} zone={zone} onDone={() => {}} />
      )}
      {may('organisation.absence') && today && (leave.length === 0 || waiting.length > 0) && (
        <AskFirst
          icon="calendar"
          label={t('dispatch.off')}
          verb={t('dispatch.off.do')}
          busy={command.busy}
          problem={command.problem}
          onDo={off}
        >
          <p>{t('dispatch.off.will', { name: engineer.name, n: waiting.length })}</p>
          {away.length > 0 && <p className="ad-warn">{t('dispatch.off.away', { n: away.length })}</p>}
        </AskFirst>
      )}
    </aside>
  );
}
