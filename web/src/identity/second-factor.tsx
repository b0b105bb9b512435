/**
 * One's second factor, outside of the shells, so that it looks the same from the desk and from a phone: set it up, put another
 * device in its place, make new recovery codes, turn it off. Whoever's role asks for one is led here before anything else.
 */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { type CommandOptions, useCommand } from '../api/command.ts';
import { serverNow } from '../api/server-clock.ts';
import { useT } from '../i18n/index.ts';
import { Button } from '../ui/button.tsx';
import { CopyLine } from '../ui/copy-line.tsx';
import { Field, useForm } from '../ui/form.tsx';
import { formatInstant } from '../ui/format.ts';
import { Icon } from '../ui/icon.tsx';
import { ErrorState, Query } from '../ui/states.tsx';
import { useZone } from '../ui/zone.ts';
import { CodeInput } from './code-input.tsx';
import { meQuery } from './me.ts';
import { PageCard } from './page-card.tsx';
import { PasswordInput } from './password-input.tsx';
import {
  beginFactor,
  confirmFactor,
  type Enrolment,
  type FactorState,
  factorQuery,
  renewRecoveryCodes,
  turnFactorOff,
} from './requests.ts';
import { setupState, signOut, takeTypedPassword } from './session.ts';
import './second-factor.css';

/** What somebody came for; a device is set up or replaced unless said. */
export type FactorTask = 'device' | 'codes' | 'off';

export default function SecondFactorPage(props: { task: FactorTask; onDone: () => void }) {
  const t = useT();
  const queries = useQueryClient();
  const state = useQuery(factorQuery);
  const setup = useQuery({ queryKey: ['setup', 'state'], queryFn: setupState, staleTime: 60_000 });
  const brand = setup.data?.company_name || t('common.product');
  const { onDone } = props;
  const [task, setTask] = useState(props.task);
  const [enrolment, setEnrolment] = useState<Enrolment>();
  const [codes, setCodes] = useState<readonly string[]>();
  const on = state.data?.since != null;
  const title = codes
    ? t('factor.codes.title')
    : task === 'device'
      ? t(on ? 'factor.replace' : 'factor.title')
      : t(`factor.${task}`);

  useEffect(() => {
    document.title = `${title} · ${brand}`;
  }, [title, brand]);

  const done = async () => {
    await queries.invalidateQueries({ queryKey: ['me'] });
    // The guard of the shell looks at what is kept: it must be what holds now.
    await queries.fetchQuery({ ...meQuery, staleTime: 0 });
    onDone();
  };
  const leave = async () => {
    await signOut();
    location.assign('/login');
  };

  return (
    <PageCard brand={brand} title={title}>
      {codes ? (
        <Codes codes={codes} onDone={() => void done()} />
      ) : enrolment ? (
        <Confirm enrolment={enrolment} onDone={setCodes} onBack={() => setEnrolment(undefined)} />
      ) : (
        <Query of={state} shape="form">
          {(view) => {
            const before = view.required_from != null && Date.parse(view.required_from) <= serverNow();
            if (task !== 'device' && view.since == null)
              return (
                <div className="ac-form">
                  <p>{t('factor.none')}</p>
                  <Button kind="primary" onClick={() => setTask('device')}>
                    {t('factor.title')}
                  </Button>
                  <Button onClick={onDone}>{t('factor.later')}</Button>
                </div>
              );
            return (
              <>
                <Why view={view} task={task} before={before} />
                <Prove
                  view={view}
                  task={task}
                  onEnrolment={setEnrolment}
                  onCodes={setCodes}
                  onOff={() => void done()}
                  onLater={before ? () => void leave() : onDone}
                  later={t(before ? 'factor.sign_out' : on ? 'common.cancel' : 'factor.later')}
                />
              </>
            );
          }}
        </Query>
      )}
    </PageCard>
  );
}

/** Why one is here. */
function Why({ view, task, before }: { view: FactorState; task: FactorTask; before: boolean }) {
  const t = useT();
  const zone = useZone();
  const said = (at: string) => formatInstant(at, zone, serverNow(), true);
  if (task === 'codes') return <p className="ac-second">{t('factor.codes.intro', { left: view.codes_left })}</p>;
  if (task === 'off') return <p className="ac-second">{t('factor.off.intro')}</p>;
  if (view.since != null) return <p className="ac-second">{t('factor.replace.intro')}</p>;
  return (
    <>
      {view.reset && (
        <p className="ac-factor-note" role="status">
          <Icon name="warning" size={16} />
          <span>
            {t(view.reset.by ? 'factor.reset_by' : 'factor.reset_at_server', {
              at: said(view.reset.at),
              by: view.reset.by ?? '',
              reason: view.reset.reason,
            })}
          </span>
        </p>
      )}
      <p>{t(before ? 'factor.required' : 'factor.intro')}</p>
      {view.required_from != null && !before && (
        <p className="ac-second">{t('factor.required_from', { at: said(view.required_from) })}</p>
      )}
      <p className="ac-second">{t('factor.apps')}</p>
    </>
  );
}

/** Password, and a code of the device that stands: then what one came for is done. */
function Prove(props: {
  view: FactorState;
  task: FactorTask;
  onEnrolment: (enrolment: Enrolment) => void;
  onCodes: (codes: readonly string[]) => void;
  onOff: () => void;
  onLater: () => void;
  later: string;
}) {
  const t = useT();
  const { view, task, onEnrolment, onCodes, onOff, onLater, later } = props;
  const on = view.since != null;
  const command = useCommand(
    async (body: { current_password: string; code: string }, options: CommandOptions): Promise<void> => {
      if (task === 'codes') return onCodes((await renewRecoveryCodes(body, options)).codes);
      if (task === 'off') {
        await turnFactorOff(body, options);
        return onOff();
      }
      const { code, current_password } = body;
      onEnrolment(await beginFactor({ current_password, ...(on ? { code } : {}) }, options));
    },
  );
  const { problem, run } = command;
  const form = useForm({ initial: { current_password: '', code: '' }, problem });
  // Whoever comes from signing in has just typed it.
  const [typed] = useState(takeTypedPassword);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, as the page opens; `run` is another one each time it is drawn
  useEffect(() => {
    if (typed && !on) void run({ current_password: typed, code: '' });
  }, [typed, on]);

  const submit = async () => {
    const { current_password, code } = form.values;
    const fault = (pointer: string, key: string) =>
      form.setErrors([{ pointer, code: key, detail: t(`factor.fault.${key}`) }]);
    if (!current_password) return fault('/current_password', 'password');
    if (on && !code.trim()) return fault('/code', 'code');
    await run({ current_password, code: code.trim() });
    form.set('code', '');
  };

  return (
    <form
      className="ac-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <Field label={t('factor.password')} required error={form.errorAt('/current_password')}>
        {(input) => <PasswordInput input={input} {...form.text('current_password')} autoComplete="current-password" />}
      </Field>
      {on && (
        <Field label={t('factor.code')} hint={t('factor.code.or_recovery')} required error={form.errorAt('/code')}>
          {(input) => <CodeInput input={input} {...form.text('code')} recovery />}
        </Field>
      )}
      {problem && problem.errors.length === 0 && <ErrorState error={problem} inline />}
      <Button kind={task === 'off' ? 'danger' : 'primary'} type="submit" busy={command.busy}>
        {t(task === 'device' ? 'factor.go_on' : `factor.${task}.do`)}
      </Button>
      <Button onClick={onLater}>{later}</Button>
    </form>
  );
}

/** The secret as a picture and as text, and the first code of it. */
function Confirm(props: { enrolment: Enrolment; onDone: (codes: readonly string[]) => void; onBack: () => void }) {
  const t = useT();
  const { enrolment, onDone, onBack } = props;
  const command = useCommand(confirmFactor);
  const { problem } = command;
  const form = useForm({ initial: { code: '' }, problem });
  const submit = async () => {
    const code = form.values.code.trim();
    if (!code) return form.setErrors([{ pointer: '/code', code: 'code', detail: t('factor.fault.code') }]);
    const made = await command.run({ code });
    if (made) onDone(made.codes);
    else form.set('code', '');
  };
  return (
    <form
      className="ac-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <p>{t('factor.scan')}</p>
      <img
        className="ac-factor-qr"
        alt={t('factor.qr')}
        src={`data:image/svg+xml;utf8,${encodeURIComponent(enrolment.qr_svg)}`}
      />
      <div className="ac-factor-typed">
        <p className="ac-hint">{t('factor.by_hand')}</p>
        <p className="ac-factor-secret">{enrolment.secret.replace(/.{4}(?=.)/g, '$& ')}</p>
        <CopyLine bare label={t('factor.secret')} text={enrolment.secret} />
        <p className="ac-hint">
          <a href={enrolment.uri}>{t('factor.open_app')}</a>
        </p>
      </div>
      <Field label={t('factor.first_code')} hint={t('factor.code.hint')} required error={form.errorAt('/code')}>
        {(input) => <CodeInput input={input} {...form.text('code')} />}
      </Field>
      {problem && problem.errors.length === 0 && <ErrorState error={problem} inline />}
      <Button kind="primary" type="submit" busy={command.busy}>
        {t('factor.confirm')}
      </Button>
      <Button onClick={onBack}>{t('factor.begin_again')}</Button>
    </form>
  );
}

/** Recovery codes: this once. */
function Codes({ codes, onDone }: { codes: readonly string[]; onDone: () => void }) {
  const t = useT();
  const [kept, setKept] = useState(false);
  const file = `data:text/plain;charset=utf-8,${encodeURIComponent(`${t('factor.codes.file')}\n\n${codes.join('\n')}\n`)}`;
  return (
    <div className="ac-form">
      <p>{t('factor.codes.once')}</p>
      <ol className="ac-factor-codes">
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ol>
      <div className="ac-factor-ways">
        <CopyLine bare label={t('factor.codes.title')} text={codes.join('\n')} />
        <a href={file} download="aftercare-recovery-codes.txt">
          {t('factor.codes.download')}
        </a>
        <button type="button" className="ac-link" onClick={() => print()}>
          {t('factor.codes.print')}
        </button>
      </div>
      <label className="ac-factor-kept">
        <input type="checkbox" checked={kept} onChange={(event) => setKept(event.target.checked)} />
        <span>{t('factor.codes.kept')}</span>
      </label>
      <Button kind="primary" disabled={!kept} reason={t('factor.codes.kept.first')} onClick={onDone}>
        {t('factor.codes.done')}
      </Button>
    </div>
  );
}
