/** The sign-in page, for the desk and for the engineer's app: login and password, then a code where the account asks for one. */
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useCommand } from '../api/command.ts';
import { useT } from '../i18n/index.ts';
import { Button } from '../ui/button.tsx';
import { Field, useForm } from '../ui/form.tsx';
import { ErrorState } from '../ui/states.tsx';
import { CodeInput } from './code-input.tsx';
import type { Me } from './me.ts';
import { PageCard } from './page-card.tsx';
import { PasswordInput } from './password-input.tsx';
import { setupState, signIn } from './session.ts';

/** `onDone` goes on to where the person wanted to be; `ended` says that a session ran out and nothing typed was lost. */
export function LoginPage({ onDone, ended = false }: { onDone: (me: Me) => void; ended?: boolean }) {
  const t = useT();
  const state = useQuery({ queryKey: ['setup', 'state'], queryFn: setupState, staleTime: 60_000 });
  const command = useCommand(signIn);
  const { problem } = command;
  const form = useForm({ initial: { login: '', password: '', new_password: '', code: '' }, problem });
  const [missing, setMissing] = useState(false);
  // Once the server has said that the password has lasted its time, a new one is asked for beside it.
  const [expired, setExpired] = useState(false);
  if (problem?.code === 'password_expired' && !expired) setExpired(true);
  // The password was right: now the code. What was typed before goes along with it.
  const [asked, setAsked] = useState(false);
  if (problem?.code === 'second_factor_needed' && !asked) setAsked(true);
  const [recovery, setRecovery] = useState(false);
  const wait_s = useCountdown(problem?.retry_after_s);
  const brand = state.data?.company_name || t('common.product');

  useEffect(() => {
    document.title = `${t('login.title')} · ${brand}`;
  }, [t, brand]);

  const submit = async () => {
    const { login, password, new_password, code } = form.values;
    const lacks = !login.trim() || !password || (expired && !new_password) || (asked && !code.trim());
    setMissing(lacks);
    if (lacks || wait_s > 0) return;
    const me = await command.run({
      login: login.trim(),
      password,
      ...(expired ? { new_password } : {}),
      ...(asked ? { code: code.trim() } : {}),
    });
    if (me) return onDone(me);
    // No code is good twice.
    form.set('code', '');
  };

  const back = () => {
    command.clear();
    setAsked(false);
    setRecovery(false);
    setMissing(false);
    form.set('password', '');
    form.set('code', '');
  };

  // A wrong code is said at its field.
  const shown =
    problem && problem.code !== 'second_factor_needed' && problem.code !== 'second_factor_wrong' ? problem : undefined;
  return (
    <PageCard brand={brand} title={t(asked ? 'login.code.title' : 'login.title')}>
      {state.data?.needed && <p>{t('login.setup_needed')}</p>}
      {state.data?.demo && !asked && <p className="ac-second">{t('login.demo')}</p>}
      {ended && !problem && <p role="status">{t('login.ended')}</p>}
      <form
        className="ac-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        {shown && <ErrorState error={shown} inline />}
        {!asked && (
          <>
            <Field
              label={t('login.login')}
              required
              error={missing && !form.values.login.trim() ? t('login.login.missing') : undefined}
            >
              {(input) => (
                <input
                  {...input}
                  {...form.text('login')}
                  autoComplete="username"
                  autoCapitalize="none"
                  spellCheck={false}
                  maxLength={120}
                />
              )}
            </Field>
            <Field
              label={t('login.password')}
              required
              error={missing && !form.values.password ? t('login.password.missing') : undefined}
            >
              {(input) => <PasswordInput input={input} {...form.text('password')} autoComplete="current-password" />}
            </Field>
          </>
        )}
        {asked && (
          <Field
            key={recovery ? 'recovery' : 'code'}
            label={t(recovery ? 'login.recovery_code' : 'login.code')}
            hint={t(recovery ? 'login.recovery_code.hint' : 'login.code.hint', { login: form.values.login.trim() })}
            required
            error={missing && !form.values.code.trim() ? t('login.code.missing') : form.errorAt('/code')}
          >
            {(input) => <CodeInput input={input} {...form.text('code')} recovery={recovery} autoFocus />}
          </Field>
        )}
        {expired && (
          <Field
            label={t('login.new_password')}
            required
            error={missing && !form.values.new_password ? t('login.new_password.missing') : undefined}
          >
            {(input) => <PasswordInput input={input} {...form.text('new_password')} autoComplete="new-password" />}
          </Field>
        )}
        <Button kind="primary" type="submit" busy={command.busy} disabled={wait_s > 0}>
          {wait_s > 0 ? t('login.wait', { seconds: wait_s }) : t('login.submit')}
        </Button>
        {asked ? (
          <div className="ac-page-foot">
            <button
              type="button"
              className="ac-link"
              onClick={() => {
                command.clear();
                setMissing(false);
                form.set('code', '');
                setRecovery(!recovery);
              }}
            >
              {t(recovery ? 'login.code.use' : 'login.recovery_code.use')}
            </button>
            <button type="button" className="ac-link" onClick={back}>
              {t('login.code.back')}
            </button>
          </div>
        ) : (
          <p className="ac-hint">{t('login.forgotten')}</p>
        )}
        {asked && <p className="ac-hint">{t('login.code.lost')}</p>}
      </form>
    </PageCard>
  );
}

/** Seconds left of a wait that began when `from_s` was last set. */
function useCountdown(from_s: number | undefined): number {
  const [left_s, setLeft] = useState(0);
  useEffect(() => {
    setLeft(from_s ?? 0);
    if (!from_s) return;
    const end = Date.now() + from_s * 1000;
    const timer = setInterval(() => setLeft(Math.max(0, Math.ceil((end - Date.now()) / 1000))), 1000);
    return () => clearInterval(timer);
  }, [from_s]);
  return left_s;
}
