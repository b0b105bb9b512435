/** Behind the QR of a device: what is wrong, who reports, done. Three screens, one address. */
import './portal.css';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { newCommandId } from '../api/command-id.ts';
import { type Problem, toProblem } from '../api/problem.ts';
import type { FirstData } from '../app-customer/first-data.ts';
import { useT } from '../i18n/index.ts';
import { useBoth } from '../ui/both.ts';
import { Button } from '../ui/button.tsx';
import { Field } from '../ui/form.tsx';
import { Icon } from '../ui/icon.tsx';
import { ErrorState, Loading } from '../ui/states.tsx';
import { setZone } from '../ui/zone.ts';
import { ask, type ReportAnswer, type ReportPage } from './call.ts';
import { PhotoButton, usePhoto } from './photo.tsx';
import { Done } from './reported.tsx';
import { SymptomPicture } from './symptom.tsx';
import { Verify } from './verify.tsx';

/** What was chosen so far: kept in this tab, so that a reload loses nothing. */
interface Draft {
  key: string;
  symptom_class: string;
  symptom: string;
  grave: string[];
  add_to: string;
  step: 'what' | 'who';
}

const fresh = (): Draft => ({
  key: newCommandId(),
  symptom_class: '',
  symptom: '',
  grave: [],
  add_to: '',
  step: 'what',
});

function useDraft(code: string) {
  const place = `aftercare.report.${code}`;
  const [draft, setDraft] = useState<Draft>(() => {
    try {
      return { ...fresh(), ...(JSON.parse(sessionStorage.getItem(place) ?? '{}') as Partial<Draft>) };
    } catch {
      return fresh();
    }
  });
  const keep = (change: Partial<Draft>) =>
    setDraft((now) => {
      const next = { ...now, ...change };
      try {
        sessionStorage.setItem(place, JSON.stringify(next));
      } catch {
        // A private window may refuse: the draft then lasts as long as the page.
      }
      return next;
    });
  const end = () => {
    try {
      sessionStorage.removeItem(place);
    } catch {
      // Nothing was kept.
    }
  };
  return { draft, keep, end };
}

export default function ReportScreen({
  params,
  first,
}: {
  params: Record<string, string>;
  first: FirstData | undefined;
}) {
  const code = params.code ?? '';
  const [page, setPage] = useState(first?.page as ReportPage | null | undefined);
  const [problem, setProblem] = useState<Problem>();
  const load = async () => {
    try {
      const found = await ask<ReportPage>('GET', `/api/report/${code}`);
      setZone(found.zone);
      setPage(found);
    } catch (error) {
      setProblem(toProblem(error));
    }
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked for once, if the page came without its data
  useEffect(() => {
    if (!page) void load();
  }, []);
  if (page) return <Report code={code} page={page} />;
  if (!problem) return <Loading shape="card" rows={4} />;
  return (
    <section className="ac-panel">
      <ErrorState error={problem} onRetry={() => void load()} />
    </section>
  );
}

function Report({ code, page }: { code: string; page: ReportPage }) {
  const t = useT();
  const { draft, keep, end } = useDraft(code);
  const photo = usePhoto(`/api/report/${code}/files`);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const [done, setDone] = useState<ReportAnswer>();
  const [caller, setCaller] = useState(page.caller ?? undefined);
  const top = useRef<HTMLHeadingElement>(null);
  // A new screen begins at its heading, for eyes and for screen readers.
  const screen = done ? 'done' : draft.step;
  const shown = useRef(screen);
  useEffect(() => {
    if (shown.current !== screen) {
      shown.current = screen;
      window.scrollTo(0, 0);
      top.current?.focus();
    }
  }, [screen]);

  const send = async () => {
    if (busy) return;
    setBusy(true);
    setProblem(undefined);
    try {
      const photo_sha256 = await photo.arrived();
      const effects = Object.fromEntries(
        page.effects.filter((e) => draft.grave.includes(e.code)).map((e) => [e.code, e.answer]),
      );
      const body = {
        ...(draft.symptom_class ? { symptom_class: draft.symptom_class } : {}),
        ...(draft.symptom.trim() ? { symptom: draft.symptom.trim() } : {}),
        ...(photo_sha256 ? { photo_sha256 } : {}),
        ...(draft.add_to ? { add_to: draft.add_to } : { effects }),
      };
      const answer = await ask<ReportAnswer>('POST', `/api/report/${code}`, { body, key: draft.key });
      end();
      setDone(answer);
    } catch (error) {
      const refused = toProblem(error);
      // A definite answer ends the command; a doubtful one is sent again as the same.
      if (refused.status >= 400 && refused.status < 500) keep({ key: newCommandId() });
      if (refused.code === 'caller_not_verified') {
        setCaller(undefined);
        keep({ step: 'who' });
      } else setProblem(refused);
    } finally {
      setBusy(false);
    }
  };

  if (done)
    return (
      <>
        <h1 ref={top} tabIndex={-1} className="at-title">
          {t(done.added ? 'track.done.added' : 'track.done.title')}
        </h1>
        <Done answer={done} />
      </>
    );
  return (
    <>
      <h1 ref={top} tabIndex={-1} className="at-title">
        {t(draft.step === 'what' ? 'track.what.title' : 'track.who.title')}
      </h1>
      {draft.step === 'what' || !page.takes_reports ? (
        <What page={page} draft={draft} keep={keep}>
          <PhotoButton photo={photo} />
          {problem && <ErrorState error={problem} inline />}
          <div className="at-step">
            <Button
              kind="step"
              busy={busy}
              disabled={!draft.symptom_class && !draft.symptom.trim()}
              onClick={() => (caller ? void send() : keep({ step: 'who' }))}
            >
              {t(caller ? (draft.add_to ? 'track.what.add' : 'track.what.send') : 'track.what.next')}
            </Button>
          </div>
          {caller && <p className="ac-hint">{t('track.what.known', { phone: caller })}</p>}
        </What>
      ) : (
        <Verify
          code={code}
          busy={busy}
          onVerified={(phone) => {
            setCaller(phone);
            void send();
          }}
          onBack={() => keep({ step: 'what' })}
        >
          {problem && (
            <>
              <ErrorState error={problem} inline />
              {caller && (
                <Button kind="step" busy={busy} onClick={() => void send()}>
                  {t('track.what.send')}
                </Button>
              )}
            </>
          )}
        </Verify>
      )}
    </>
  );
}

/** The first screen: the device, what is open already, pictures, words, photo. */
function What(props: { page: ReportPage; draft: Draft; keep: (change: Partial<Draft>) => void; children: ReactNode }) {
  const { page, draft, keep, children } = props;
  const t = useT();
  const both = useBoth();
  const { open } = page;
  return (
    <>
      <section className="ac-panel at-device">
        <p className="at-site">
          <Icon name="pin" size={16} /> {page.site_name}
        </p>
        <p>
          <b>{both(page.device.product)}</b> {page.device.model}{' '}
          <span className="ac-second">{t('track.device.serial', { end: page.device.serial_end })}</span>
        </p>
        <p className="at-cover">
          <Icon name="shield" size={16} /> {both(page.cover)}
        </p>
      </section>
      {!page.takes_reports && (
        <section className="ac-panel" role="status">
          <p>{t('track.no_sms')}</p>
        </section>
      )}
      {open && page.takes_reports && (
        <section className="ac-panel at-open">
          <p>
            <Icon name="warning" size={16} /> {t('track.open.title', { number: open.number })}
          </p>
          <label className="at-tick">
            <input
              type="checkbox"
              checked={draft.add_to === open.number}
              onChange={(event) => keep({ add_to: event.currentTarget.checked ? open.number : '' })}
            />
            <span>{t('track.open.add')}</span>
          </label>
        </section>
      )}
      {page.takes_reports && (
        <section className="ac-panel ac-form">
          <fieldset className="at-symptoms">
            <legend className="ac-hidden">{t('track.what.title')}</legend>
            {page.symptoms.map(({ code, name }) => (
              <label key={code} className="at-symptom" data-chosen={draft.symptom_class === code}>
                <input
                  type="radio"
                  name="symptom"
                  className="ac-hidden"
                  checked={draft.symptom_class === code}
                  onChange={() => keep({ symptom_class: code })}
                />
                <SymptomPicture code={code} />
                <span>{both(name)}</span>
              </label>
            ))}
          </fieldset>
          <Field label={t('track.what.words')} required={false}>
            {(input) => (
              <textarea
                {...input}
                rows={2}
                maxLength={1000}
                value={draft.symptom}
                onInput={(event) => keep({ symptom: event.currentTarget.value })}
              />
            )}
          </Field>
          {!draft.add_to && page.effects.length > 0 && (
            <fieldset className="at-ticks">
              <legend>{t('track.what.effects')}</legend>
              {page.effects.map(({ code, statement }) => (
                <label key={code} className="at-tick">
                  <input
                    type="checkbox"
                    checked={draft.grave.includes(code)}
                    onChange={(event) =>
                      keep({
                        grave: event.currentTarget.checked
                          ? [...draft.grave, code]
                          : draft.grave.filter((other) => other !== code),
                      })
                    }
                  />
                  <span>{both(statement)}</span>
                </label>
              ))}
            </fieldset>
          )}
          {children}
        </section>
      )}
    </>
  );
}
