/** New, changed and cancelled visits while the app is open: a calm banner, with a sound or a short vibration if the engineer wants it. */
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { serverNow } from '../api/server-clock.ts';
import { useT } from '../i18n/index.ts';
import { outbox } from '../outbox/outbox.ts';
import { formatInstant } from '../ui/format.ts';
import { Icon } from '../ui/icon.tsx';
import { type News, newsOf } from '../visits/news.ts';
import { type MyDay, myDayQuery } from '../visits/requests.ts';
import { look, useAlertSettings } from '../visits/seen.ts';
import WayTeller from '../visits/way.field.tsx';

/** How often the day is asked for where the live stream tells nothing, in milliseconds. */
const poll_ms = 5 * 60_000;

/** Two short notes, made here: a sound file would have to be carried along. */
function chime() {
  try {
    const audio = new AudioContext();
    const volume = audio.createGain();
    volume.gain.value = 0.08;
    volume.connect(audio.destination);
    for (const [at_s, hertz] of [
      [0, 660],
      [0.16, 880],
    ] as const) {
      const note = audio.createOscillator();
      note.frequency.value = hertz;
      note.connect(volume);
      note.start(audio.currentTime + at_s);
      note.stop(audio.currentTime + at_s + 0.12);
    }
    setTimeout(() => void audio.close(), 600);
  } catch {
    // A phone without sound still shows the banner.
  }
}

export function Alerts() {
  const t = useT();
  const day = useQuery({ ...myDayQuery, refetchInterval: poll_ms }).data;
  const settings = useAlertSettings();
  const before = useRef<MyDay>(undefined);
  const own = useRef(new Set<string>());
  const [news, setNews] = useState<News[]>([]);
  const { sound, vibration } = settings;
  useEffect(() => {
    // What was left or declined here is gone by one's own hand.
    const note = () => {
      for (const { kind, lane } of outbox().ops) if (kind === 'leave' || kind === 'decline') own.current.add(lane);
    };
    note();
    return outbox().subscribe(note);
  }, []);
  useEffect(() => {
    if (!day || day === before.current) return;
    const found = newsOf(before.current, day, (id) => own.current.has(id));
    before.current = day;
    look(day);
    if (found.length === 0) return;
    const ids = new Set(found.map(({ id }) => id));
    setNews((now) => [...now.filter(({ id }) => !ids.has(id)), ...found].slice(-3));
    if (sound) chime();
    if (vibration) navigator.vibrate?.([120, 80, 120]);
  }, [day, sound, vibration]);
  const travelling = day?.way?.agreed ? day.visits.find(({ state }) => state === 'travelling') : undefined;
  const close = (id: string) => setNews((now) => now.filter((one) => one.id !== id));
  return (
    <>
      {travelling && <WayTeller key={travelling.id} visit={travelling} />}
      <div role="status" className="af-news-place">
        {news.map((one) => {
          const time = (at: string) => formatInstant(at, one.zone, serverNow());
          const values = { site: one.site, start: time(one.window.start), end: time(one.window.end) };
          return (
            <p key={one.id} className="af-news">
              <Icon name={one.what === 'gone' ? 'cross' : 'calendar'} />
              <span>{t(`field.news.${one.what}`, values)}</span>
              {one.what !== 'gone' && (
                <Link
                  to="/visits/$visit_id"
                  params={{ visit_id: one.id }}
                  className="ac-link"
                  onClick={() => close(one.id)}
                >
                  {t('field.news.open')}
                </Link>
              )}
              <button type="button" className="af-news-close" onClick={() => close(one.id)}>
                <Icon name="cross" title={t('common.close')} />
              </button>
            </p>
          );
        })}
      </div>
    </>
  );
}
