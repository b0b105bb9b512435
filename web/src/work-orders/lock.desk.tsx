/** A lock: a person says that a planned visit stays with its engineer at its time. No plan moves it. */
import { useState } from 'react';
import { useCommand } from '../api/command.ts';
import { useServerNow } from '../api/server-clock.ts';
import { useT } from '../i18n/index.ts';
import { announce } from '../ui/announce.tsx';
import { Button } from '../ui/button.tsx';
import { Field } from '../ui/form.tsx';
import { formatInstant } from '../ui/format.ts';
import { Icon } from '../ui/icon.tsx';
import { ErrorState } from '../ui/states.tsx';
import { Dialog } from '../ui-desk/dialog.tsx';
import { commands, type SeenVisit, touched, type VisitLock } from './requests.ts';

const reasons = ['customer_time', 'customer_engineer', 'access', 'others'] as const;

/** Asks why; the answer may be left out, so that Enter locks at once. */
export function LockDialog(props: {
  of: SeenVisit;
  number: string;
  engineer_name: string;
  order_id: string;
  onClose: () => void;
}) {
  const t = useT();
  const { of, number, engineer_name, order_id, onClose } = props;
  const [reason, setReason] = useState('');
  const command = useCommand((why: string, options) => commands.lock(of, why ? { reason: why } : {}, options), {
    touches: touched(order_id),
  });
  const lock = async () => {
    if (!(await command.run(reason.trim()))) return;
    announce(t('workorders.did.lock', { number }));
    onClose();
  };
  return (
    <Dialog title={t('workorders.do.lock')} width={480} onClose={onClose}>
      <form
        className="ac-form"
        onSubmit={(event) => {
          event.preventDefault();
          void lock();
        }}
      >
        <ul className="ad-consequences">
          <li>{t('workorders.lock.will', { name: engineer_name })}</li>
          <li>{t('workorders.lock.ends')}</li>
        </ul>
        <Field label={t('workorders.lock.reason')}>
          {(input) => (
            <>
              <input {...input} value={reason} maxLength={500} onChange={(event) => setReason(event.target.value)} />
              <span className="ac-chips">
                {reasons.map((each) => (
                  <button
                    key={each}
                    type="button"
                    className="ac-chip"
                    aria-pressed={reason === t(`workorders.lock.why.${each}`)}
                    onClick={() => setReason(t(`workorders.lock.why.${each}`))}
                  >
                    {t(`workorders.lock.why.${each}`)}
                  </button>
                ))}
              </span>
            </>
          )}
        </Field>
        {command.problem && <ErrorState error={command.problem} inline />}
        <div className="ad-steps">
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button kind="primary" type="submit" busy={command.busy}>
            {t('workorders.do.lock')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

/** Who locked a visit, when and why; nothing where nobody did. */
export function LockedBy({
  lock,
  zone,
  moving = false,
}: {
  lock: VisitLock | null | undefined;
  zone: string;
  moving?: boolean;
}) {
  const t = useT();
  const now = useServerNow(60_000);
  if (!lock) return null;
  return (
    <p className="ad-locked">
      <Icon name="lock" size={14} /> {t('workorders.locked.by', { name: lock.by })}{' '}
      <span className="ac-figure">{formatInstant(lock.at, zone, now)}</span>
      {lock.reason && ` · ${lock.reason}`}
      {moving && ` · ${t('workorders.locked.move')}`}
    </p>
  );
}
