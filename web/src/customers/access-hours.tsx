/** When an engineer may enter: any time, or spans of the week, and a note for the gate. */
import { useT } from '../i18n/index.ts';
import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import type { AccessHours } from './requests.ts';

const days = [1, 2, 3, 4, 5, 6, 7] as const;

export function AccessHoursEditor(props: {
  value: AccessHours;
  onChange: (value: AccessHours) => void;
  error: string | undefined;
}) {
  const t = useT();
  const { value, onChange, error } = props;
  const weekly = value.weekly ?? [];
  const change = (index: number, next: Partial<(typeof weekly)[number]>) =>
    onChange({ ...value, weekly: weekly.map((span, at) => (at === index ? { ...span, ...next } : span)) });
  const always = (on: boolean) =>
    onChange({ ...value, always: on, weekly: on ? [] : [{ days: [1, 2, 3, 4, 5], from: '09:00', to: '18:00' }] });
  return (
    <fieldset className="ac-choice">
      <legend>{t('customers.access')}</legend>
      <label className="ad-check">
        <input type="checkbox" checked={value.always} onChange={(event) => always(event.target.checked)} />
        {t('customers.access.always')}
      </label>
      {weekly.map((span, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: spans have no id
        <div key={index} className="ac-field">
          <div className="ad-row">
            {days.map((day) => (
              <label key={day} className="ad-check">
                <input
                  type="checkbox"
                  checked={span.days.includes(day)}
                  onChange={(event) =>
                    change(index, {
                      days: days.filter((each) => (each === day ? event.target.checked : span.days.includes(each))),
                    })
                  }
                />
                {t(`customers.access.day.${day}`)}
              </label>
            ))}
          </div>
          <div className="ad-row">
            <input
              aria-label={t('customers.access.from')}
              value={span.from}
              size={5}
              maxLength={5}
              onChange={(event) => change(index, { from: event.target.value })}
            />
            <span>–</span>
            <input
              aria-label={t('customers.access.to')}
              value={span.to}
              size={5}
              maxLength={5}
              onChange={(event) => change(index, { to: event.target.value })}
            />
            <button
              type="button"
              className="ac-link"
              onClick={() => onChange({ ...value, weekly: weekly.filter((_, at) => at !== index) })}
            >
              {t('common.remove')}
            </button>
          </div>
        </div>
      ))}
      {!value.always && (
        <div>
          <Button
            icon="plus"
            onClick={() => onChange({ ...value, weekly: [...weekly, { days: [6, 7], from: '09:00', to: '12:00' }] })}
          >
            {t('customers.access.add')}
          </Button>
        </div>
      )}
      <label className="ac-field">
        <span>{t('customers.access.note')}</span>
        <input
          value={value.note ?? ''}
          maxLength={500}
          placeholder={t('customers.access.note.hint')}
          onChange={(event) => onChange({ ...value, note: event.target.value || null })}
        />
      </label>
      {error && (
        <p className="ac-field-error" role="alert">
          <Icon name="warning" size={14} /> {error}
        </p>
      )}
    </fieldset>
  );
}

/** Access hours in words, one line per span. */
export function AccessHoursText({ value }: { value: AccessHours }) {
  const t = useT();
  return (
    <span>
      {value.always
        ? t('customers.access.always')
        : (value.weekly ?? []).map(({ days: on, from, to }) => (
            <span key={`${on.join()}${from}`} style={{ display: 'block' }}>
              {on.map((day) => t(`customers.access.day.${day}`)).join(' ')}{' '}
              <span className="ac-figure">{`${from}–${to}`}</span>
            </span>
          ))}
      {value.note && (
        <span className="ac-second" style={{ display: 'block' }}>
          {value.note}
        </span>
      )}
    </span>
  );
}
