/** Asking for another time of the visit: a day and a part of it, in the site's zone. */
import { useState } from 'react';
import { serverNow } from '../api/server-clock.ts';
import { useT } from '../i18n/index.ts';
import { Field } from '../ui/form.tsx';
import { dayOf } from '../ui/format.ts';
import { ErrorState } from '../ui/states.tsx';
import { Buttons, useDo } from './actions.tsx';
import type { TrackPage } from './call.ts';

/** Parts of a day: first and last hour. */
const parts = { morning: [8, 12], afternoon: [13, 17], evening: [18, 21] } as const;
type Part = keyof typeof parts;
const dayMs = 86_400_000;

/** The instant of an hour of a day in a zone; right also where the zone changes its clocks that day. */
export function instantOf(day: string, hour: number, zone: string): string {
  const guess = Date.parse(`${day}T${String(hour).padStart(2, '0')}:00:00Z`);
  const shown = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(guess);
  const at = (type: string) => Number(shown.find((part) => part.type === type)?.value ?? 0);
  const there = Date.UTC(at('year'), at('month') - 1, at('day'), at('hour'), at('minute'));
  return new Date(guess - (there - guess)).toISOString();
}

export function Wish(props: { page: TrackPage; link: string; onPage: (page: TrackPage) => void; onClose: () => void }) {
  const { page, link, onPage, onClose } = props;
  const t = useT();
  const { run, busy, problem } = useDo(link, onPage);
  const today = dayOf(serverNow(), page.zone);
  const [day, setDay] = useState(dayOf(serverNow() + dayMs, page.zone));
  const [part, setPart] = useState<Part>('morning');
  const [words, setWords] = useState('');
  const send = async () => {
    const [from, to] = parts[part];
    const body = {
      wish_start: instantOf(day, from, page.zone),
      wish_end: instantOf(day, to, page.zone),
      ...(words.trim() ? { words: words.trim() } : {}),
    };
    if (await run('appointment', body)) onClose();
  };
  return (
    <div className="ac-panel ac-form">
      <p className="ac-second">{t('track.wish.hint')}</p>
      <Field label={t('track.wish.day')} required error={problem?.errors[0]?.detail}>
        {(input) => (
          <input
            {...input}
            type="date"
            min={today}
            max={dayOf(serverNow() + 29 * dayMs, page.zone)}
            value={day}
            onInput={(event) => setDay(event.currentTarget.value)}
          />
        )}
      </Field>
      <Field label={t('track.wish.part')} required>
        {(input) => (
          <select {...input} value={part} onChange={(event) => setPart(event.currentTarget.value as Part)}>
            {Object.entries(parts).map(([name, [from, to]]) => (
              <option key={name} value={name}>{`${t(`track.wish.${name}`)} ${from}:00–${to}:00`}</option>
            ))}
          </select>
        )}
      </Field>
      <Field label={t('track.wish.words')}>
        {(input) => (
          <textarea
            {...input}
            rows={2}
            maxLength={500}
            value={words}
            onInput={(e) => setWords(e.currentTarget.value)}
          />
        )}
      </Field>
      {problem && problem.errors.length === 0 && <ErrorState error={problem} inline />}
      <Buttons verb={t('track.wish.send')} busy={busy} disabled={!day} onSend={send} onClose={onClose} />
    </div>
  );
}
