/** The sign-in page, for the desk and for the engineer's app. */
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useCommand } from '../api/command.ts';
import { useT } from '../i18n/index.ts';
import { Button } from '../ui/button.tsx';
import { Field, useForm } from '../ui/form.tsx';
import { ErrorState } from '../ui/states.tsx';
import type { Me } from './me.ts';
import { PageCard } from './page-card.tsx';
import { PasswordInput } from './password-input.tsx';
import { setupState, signIn } from './session.ts';

/** `onDone` goes on to where the person wanted to be; `ended` says that a session ran out and nothing typed was lost. */
export function LoginPage({ onDone, ended = false }: { onDone: (me: Me) => void; ended?: boolean }) {
  const t = useT();
  const form = useForm({ initial: { login: '', password: '', new_password: '' } });
  const state = useQuery({ queryKey: ['setup', 'state'], queryFn: setupState, staleTime: 60_000 });
  const command = useCommand(signIn);
  const [missing, setMissing] = useState(false);
  const { problem } = command;
  // Once the server has said that the password has lasted its time, a new one is asked for beside it.
  const [expired, setExpired] = useState(false);
  if (problem?.code === 'password_expired' && !expired) setExpired(true);
  const wait_s = useCountdown(problem?.retry_after_s);
  const brand = state.data?.company_name || t('common.product');

  useEffect(() => {
    document.title = `${t('login.title')} · ${brand}`;
  }, [t, brand]);

  const submit = async () => {
    const { login, password, new_password } = form.values;
    const lacks = !login.trim() || !password || (expired && !new_password);
    setMissing(lacks);
    if (lacks || wait_s > 0) return;
    const me = await command.run({ login: login.trim(), password, ...(expired ? { new_password } : {}) });
    if (me) onDone(me);
  };

  return (
    <PageCard brand={brand} title={t('login.title')}>
      {state.data?.needed && <p>{t('login.setup_needed')}</p>}
      {state.data?.demo && <p className="ac-second">{t('login.demo')}</p>}
      {ended && !problem && <p role="status">{t('login.ended')}</p>}
      <form
        className="ac-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        {problem && <ErrorState error={problem} inline />}
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
        <p className="ac-hint">{t('login.forgotten')}</p>
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
