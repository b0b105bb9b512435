/** The page behind a one-time link (`/password#…`): its holder sets a password, then signs in. */
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useCommand } from '../api/command.ts';
import { useT } from '../i18n/index.ts';
import { Button } from '../ui/button.tsx';
import { Field, useForm } from '../ui/form.tsx';
import { ErrorState } from '../ui/states.tsx';
import { PageCard } from './page-card.tsx';
import { PasswordInput } from './password-input.tsx';
import { setPasswordByLink, setupState } from './session.ts';

export function PasswordPage({ token, onDone }: { token: string; onDone: () => void }) {
  const t = useT();
  const state = useQuery({ queryKey: ['setup', 'state'], queryFn: setupState, staleTime: 60_000 });
  const command = useCommand(setPasswordByLink);
  const { problem } = command;
  const form = useForm({ initial: { password: '', again: '' }, problem });
  const [done, setDone] = useState(false);
  const brand = state.data?.company_name || t('common.product');

  useEffect(() => {
    document.title = `${t('login.link.title')} · ${brand}`;
  }, [t, brand]);

  const submit = async () => {
    const { password, again } = form.values;
    const fault = (pointer: string, code: string) =>
      form.setErrors([{ pointer, code, detail: t(`login.link.fault.${code}`) }]);
    if (!password) return fault('/password', 'missing');
    if (password !== again) return fault('/again', 'again');
    if (await command.run({ token, password })) setDone(true);
  };

  if (!token || done) {
    return (
      <PageCard brand={brand} title={t('login.link.title')}>
        <p role="status">{t(done ? 'login.link.done' : 'login.link.no_token')}</p>
        <Button kind="primary" onClick={onDone}>
          {t('login.setup.to_login')}
        </Button>
      </PageCard>
    );
  }
  return (
    <PageCard brand={brand} title={t('login.link.title')}>
      <p className="ac-second">{t('login.link.intro')}</p>
      <form
        className="ac-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <Field
          label={t('login.link.password')}
          hint={t('login.link.password.hint')}
          required
          error={form.errorAt('/password')}
        >
          {(input) => <PasswordInput input={input} {...form.text('password')} autoComplete="new-password" />}
        </Field>
        <Field label={t('login.setup.again')} required error={form.errorAt('/again')}>
          {(input) => <PasswordInput input={input} {...form.text('again')} autoComplete="new-password" />}
        </Field>
        {problem && problem.errors.length === 0 && <ErrorState error={problem} inline />}
        <Button kind="primary" type="submit" busy={command.busy}>
          {t('login.link.submit')}
        </Button>
      </form>
    </PageCard>
  );
}
