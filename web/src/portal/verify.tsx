/** The second screen: whose number it is, by a code that comes by SMS; once in thirty days per browser and number. */
import { type ReactNode, useEffect, useState } from 'react';
import { type Problem, toProblem } from '../api/problem.ts';
import { useT } from '../i18n/index.ts';
import { Button } from '../ui/button.tsx';
import { Field } from '../ui/form.tsx';
import { Icon } from '../ui/icon.tsx';
import { ErrorState } from '../ui/states.tsx';
import { ask } from './call.ts';

interface Sent {
  phone_masked: string;
  again_s: number;
  demo_code?: string | null;
}

/** `onVerified` gets the masked number; the browser then has a cookie that no script can read. */
export function Verify(props: {
  code: string;
  busy: boolean;
  onVerified: (phone_masked: string) => void;
  onBack: () => void;
  children: ReactNode;
}) {
  const { code, busy, onVerified, onBack, children } = props;
  const t = useT();
  const [phone, setPhone] = useState('');
  const [digits, setDigits] = useState('');
  const [sent, setSent] = useState<Sent>();
  const [wait_s, setWait] = useState(0);
  const [working, setWorking] = useState(false);
  const [problem, setProblem] = useState<Problem>();

  useEffect(() => {
    if (wait_s <= 0) return;
    const timer = setTimeout(() => setWait(wait_s - 1), 1000);
    return () => clearTimeout(timer);
  }, [wait_s]);

  const attempt = async (work: () => Promise<void>) => {
    if (working) return;
    setWorking(true);
    setProblem(undefined);
    try {
      await work();
    } catch (error) {
      setProblem(toProblem(error));
    } finally {
      setWorking(false);
    }
  };
  const request = () =>
    attempt(async () => {
      const answer = await ask<Sent>('POST', `/api/report/${code}/sms`, { body: { phone } });
      setSent(answer);
      setDigits('');
      setWait(answer.again_s);
    });
  const give = (given: string) =>
    attempt(async () => {
      const body = { phone, code: given };
      const { phone_masked } = await ask<{ phone_masked: string }>('POST', `/api/report/${code}/verify`, { body });
      onVerified(phone_masked);
    });
  const at = (pointer: string) => problem?.errors.find((e) => e.pointer === pointer)?.detail;
  const elsewhere = problem && problem.errors.length === 0;

  return (
    <section className="ac-panel ac-form">
      <p className="ac-second">{t('track.who.why')}</p>
      <Field label={t('track.who.phone')} required error={at('/phone')}>
        {(input) => (
          <input
            {...input}
            type="tel"
            inputMode="tel"
            autoComplete="tel"
            value={phone}
            onInput={(event) => {
              setPhone(event.currentTarget.value);
              setSent(undefined);
            }}
          />
        )}
      </Field>
      <Button
        kind={sent ? 'plain' : 'step'}
        busy={working && !sent}
        disabled={phone.trim().length < 5 || (sent !== undefined && wait_s > 0)}
        onClick={() => void request()}
      >
        {sent && wait_s > 0
          ? t('track.who.again_in', { seconds: wait_s })
          : t(sent ? 'track.who.again' : 'track.who.send')}
      </Button>
      {sent && (
        <>
          <p role="status">
            <Icon name="message" size={16} /> {t('track.who.sent', { phone: sent.phone_masked })}
          </p>
          {sent.demo_code && (
            <p className="at-demo" data-testid="demo-code">
              {t('track.who.demo', { code: sent.demo_code })}
            </p>
          )}
          <Field label={t('track.who.code')} required error={at('/code')}>
            {(input) => (
              <input
                {...input}
                className="at-code ac-figure"
                inputMode="numeric"
                autoComplete="one-time-code"
                maxLength={6}
                // biome-ignore lint/a11y/noAutofocus: the person has just asked for the code that goes in here
                autoFocus
                value={digits}
                onInput={(event) => {
                  const given = event.currentTarget.value.replace(/\D/g, '');
                  setDigits(given);
                  // Six digits are all there is to say.
                  if (given.length === 6) void give(given);
                }}
              />
            )}
          </Field>
          {(working || busy) && <p role="status">{t('track.who.sending')}</p>}
        </>
      )}
      {elsewhere && <ErrorState error={problem} inline />}
      {children}
      <Button icon="back" onClick={onBack}>
        {t('common.back')}
      </Button>
    </section>
  );
}
