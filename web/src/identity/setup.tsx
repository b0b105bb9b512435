/** The set-up page of an empty system, opened by the link that the server printed (`/setup#…`). */
import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import { useCommand } from '../api/command.ts';
import type { FieldError } from '../api/problem.ts';
import { useT } from '../i18n/index.ts';
import { Button } from '../ui/button.tsx';
import { Choice, Field, useForm } from '../ui/form.tsx';
import { ErrorState, Loading } from '../ui/states.tsx';
import { Invitations } from './invitations.tsx';
import { PageCard } from './page-card.tsx';
import { PasswordInput } from './password-input.tsx';
import { type Invitation, setUp, setupState } from './session.ts';

/** Shortest password of an empty system (its security settings are still the defaults); the server has the last word. */
const shortest = 8;

export function SetupPage({ token, onDone }: { token: string; onDone: () => void }) {
  const t = useT();
  const state = useQuery({ queryKey: ['setup', 'state'], queryFn: setupState });
  const command = useCommand(setUp);
  const { problem } = command;
  const [invitations, setInvitations] = useState<readonly Invitation[]>();
  const form = useForm({
    initial: {
      company_name: '',
      admin_login: 'admin',
      admin_name: '',
      password: '',
      again: '',
      zone: Intl.DateTimeFormat().resolvedOptions().timeZone || 'Asia/Shanghai',
      start: 'demo' as 'demo' | 'empty',
    },
    problem,
  });
  const { values, set } = form;
  const zones = useMemo(() => Intl.supportedValuesOf?.('timeZone') ?? ['Asia/Shanghai'], []);

  useEffect(() => {
    document.title = `${t('login.setup.title')} · ${t('common.product')}`;
  }, [t]);

  if (invitations) {
    return (
      <PageCard brand={values.company_name} title={t('login.invitations.title')}>
        <Invitations invitations={invitations} />
        <Button kind="primary" onClick={onDone}>
          {t('login.invitations.go_on')}
        </Button>
      </PageCard>
    );
  }
  if (state.isPending) return <Loading shape="form" />;
  if (state.error) return <ErrorState error={state.error} onRetry={() => void state.refetch()} />;
  if (!state.data.needed || !token) {
    const reason = state.data.needed ? 'no_token' : 'done';
    return (
      <PageCard brand={t('common.product')} title={t('login.setup.title')}>
        <p>{t(`login.setup.${reason}`)}</p>
        {!state.data.needed && <a href="/login">{t('login.setup.to_login')}</a>}
      </PageCard>
    );
  }

  const faults = (): FieldError[] => {
    const found: FieldError[] = [];
    const fault = (pointer: string, code: string) =>
      found.push({ pointer, code, detail: t(`login.setup.fault.${code}`, { shortest }) });
    if (!values.company_name.trim()) fault('/company_name', 'company_name');
    if (!values.admin_login.trim()) fault('/admin_login', 'admin_login');
    if (!values.admin_name.trim()) fault('/admin_name', 'admin_name');
    if ([...values.password].length < shortest) fault('/password', 'password');
    else if (values.password !== values.again) fault('/again', 'again');
    return found;
  };

  const submit = async () => {
    const found = faults();
    form.setErrors(found);
    if (found.length > 0) return;
    const { again: _, start, ...body } = values;
    const trimmed = {
      company_name: body.company_name.trim(),
      admin_login: body.admin_login.trim(),
      admin_name: body.admin_name.trim(),
    };
    const done = await command.run({ ...body, ...trimmed, token, demo: start === 'demo' });
    if (!done) return;
    if ((done.invitations ?? []).length > 0) setInvitations(done.invitations);
    else onDone();
  };

  return (
    <PageCard brand={t('common.product')} title={t('login.setup.title')}>
      <p className="ac-second">{t('login.setup.intro')}</p>
      <form
        className="ac-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <Field
          label={t('login.setup.company_name')}
          hint={t('login.setup.company_name.hint')}
          required
          error={form.errorAt('/company_name')}
        >
          {(input) => <input {...input} {...form.text('company_name')} autoComplete="organization" maxLength={120} />}
        </Field>
        <Field label={t('login.setup.admin_name')} required error={form.errorAt('/admin_name')}>
          {(input) => <input {...input} {...form.text('admin_name')} autoComplete="name" maxLength={80} />}
        </Field>
        <Field
          label={t('login.setup.admin_login')}
          hint={t('login.setup.admin_login.hint')}
          required
          error={form.errorAt('/admin_login')}
        >
          {(input) => (
            <input
              {...input}
              {...form.text('admin_login')}
              autoComplete="username"
              autoCapitalize="none"
              spellCheck={false}
              maxLength={120}
            />
          )}
        </Field>
        <Field
          label={t('login.password')}
          hint={t('login.setup.password.hint', { shortest })}
          required
          error={form.errorAt('/password')}
        >
          {(input) => <PasswordInput input={input} {...form.text('password')} autoComplete="new-password" />}
        </Field>
        <Field label={t('login.setup.again')} required error={form.errorAt('/again')}>
          {(input) => <PasswordInput input={input} {...form.text('again')} autoComplete="new-password" />}
        </Field>
        <Field label={t('login.setup.zone')} hint={t('login.setup.zone.hint')} required error={form.errorAt('/zone')}>
          {(input) => (
            <select {...input} name="zone" value={values.zone} onChange={(event) => set('zone', event.target.value)}>
              {[...new Set([values.zone, 'Asia/Shanghai', ...zones])].map((zone) => (
                <option key={zone}>{zone}</option>
              ))}
            </select>
          )}
        </Field>
        <Choice
          label={t('login.setup.start')}
          value={values.start}
          onChange={(start) => set('start', start)}
          options={[
            { value: 'demo', label: t('login.setup.start.demo'), hint: t('login.setup.start.demo.hint') },
            { value: 'empty', label: t('login.setup.start.empty'), hint: t('login.setup.start.empty.hint') },
          ]}
        />
        {problem && problem.errors.length === 0 && <ErrorState error={problem} inline />}
        <Button kind="primary" type="submit" busy={command.busy}>
          {t(command.busy && values.start === 'demo' ? 'login.setup.loading_demo' : 'login.setup.submit')}
        </Button>
      </form>
    </PageCard>
  );
}
