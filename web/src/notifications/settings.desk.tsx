/** How messages leave: the mail server, mailboxes of people on duty, what customers hear of, webhooks, a test. */
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { type CommandOptions, useCommand } from '../api/command.ts';
import { languages, useT } from '../i18n/index.ts';
import { useMay } from '../identity/me.ts';
import { languageNames } from '../identity/page-card.tsx';
import { UnitSelect } from '../organisation/unit-select.tsx';
import { SettingsFrame } from '../settings/frame.desk.tsx';
import { announce } from '../ui/announce.tsx';
import { Button } from '../ui/button.tsx';
import { Field, useSaveKey } from '../ui/form.tsx';
import { Icon } from '../ui/icon.tsx';
import { ErrorState, Query } from '../ui/states.tsx';
import { Checks } from '../ui-desk/checks.tsx';
import { Panel } from '../ui-desk/detail-page.tsx';
import { DraftNote, unplaced } from '../ui-desk/dialog.tsx';
import { useEdit } from '../ui-desk/edit.tsx';
import { DeliveryBadge } from './deliveries.desk.tsx';
import { useKindName } from './kinds.ts';
import './notifications.css';
import { changeSettings, type Settings, type SettingsInput, sendTest, settingsQuery, type Tls } from './requests.ts';
import { WebhooksPanel } from './webhooks.desk.tsx';

const tlsKinds = ['implicit', 'starttls', 'none'] as const satisfies readonly Tls[];
const usualPort: Record<Tls, string> = { implicit: '465', starttls: '587', none: '25' };

interface Values {
  mail: boolean;
  host: string;
  port: string;
  tls: Tls;
  user: string;
  from_name: string;
  from: string;
  reply_to: string;
  told_kinds: string[];
  duty: Settings['duty'];
  allow_private: boolean;
  authority_pem: string;
}

function valuesOf(view: Settings): Values {
  const { smtp } = view;
  return {
    mail: smtp !== null && smtp !== undefined,
    host: smtp?.host ?? '',
    port: String(smtp?.port ?? 465),
    tls: smtp?.tls ?? 'implicit',
    user: smtp?.user ?? '',
    from_name: smtp?.from_name ?? '',
    from: smtp?.from ?? '',
    reply_to: smtp?.reply_to ?? '',
    told_kinds: view.mail_kinds.filter((kind) => !view.silent_kinds.includes(kind)),
    duty: view.duty,
    allow_private: view.allow_private,
    authority_pem: view.authority_pem ?? '',
  };
}

const orNull = (text: string) => text.trim() || null;

/** The password is no part of the draft: it is never kept in the browser. */
function bodyOf(values: Values, view: Settings, password: string): SettingsInput {
  return {
    smtp: values.mail
      ? {
          host: values.host.trim(),
          port: Number(values.port) || 0,
          tls: values.tls,
          user: orNull(values.user),
          ...(password ? { password } : {}),
          from_name: orNull(values.from_name),
          from: values.from.trim(),
          reply_to: orNull(values.reply_to),
        }
      : null,
    silent_kinds: view.mail_kinds.filter((kind) => !values.told_kinds.includes(kind)),
    duty: values.duty,
    allow_private: values.allow_private,
    authority_pem: orNull(values.authority_pem),
  };
}

export default function NotificationSettingsPage() {
  const t = useT();
  const may = useMay();
  const query = useQuery(settingsQuery);
  return (
    <SettingsFrame
      title={t('notifications.title')}
      action={may('notifications.read') && <Link to="/settings/deliveries">{t('notifications.deliveries')}</Link>}
    >
      <Query of={query} shape="form">
        {(view) => (
          <>
            <SettingsForm key={view.version} view={view} />
            <TestPanel ready={view.smtp !== null && view.smtp !== undefined} />
            <WebhooksPanel kinds={view.webhook_kinds} />
          </>
        )}
      </Query>
    </SettingsFrame>
  );
}

function SettingsForm({ view }: { view: Settings }) {
  const t = useT();
  const kindName = useKindName();
  const [password, setPassword] = useState('');
  const edit = useEdit<Values, Settings, Settings>({
    view,
    values: valuesOf,
    draft_key: 'notifications.settings',
    touches: [['notification_settings', 'list']],
    fields: (['mail', 'host', 'port', 'tls', 'user', 'from', 'told_kinds', 'duty', 'allow_private'] as const).map(
      (name) => ({ name, label: t(`notifications.field.${name}`) }),
    ),
    send: (values, options: CommandOptions) => changeSettings(bodyOf(values, view, password), options),
    onSaved: () => {
      setPassword('');
      announce(t('common.saved'));
    },
  });
  const { form } = edit;
  const { values } = form;
  const onKeyDown = useSaveKey(() => void edit.save());
  const setDuty = (index: number, change: Partial<Settings['duty'][number]>) =>
    form.set(
      'duty',
      values.duty.map((each, at) => (at === index ? { ...each, ...change } : each)),
    );
  return (
    <form
      className="ac-form"
      noValidate
      onKeyDown={onKeyDown}
      onSubmit={(event) => {
        event.preventDefault();
        void edit.save();
      }}
    >
      <DraftNote form={form} />
      <Panel title={t('notifications.smtp')} hint={t('notifications.smtp.hint')}>
        <label className="ad-check">
          <input type="checkbox" checked={values.mail} onChange={(event) => form.set('mail', event.target.checked)} />
          {t('notifications.field.mail')}
        </label>
        {values.mail && (
          <>
            <div className="ad-two">
              <Field label={t('notifications.field.host')} required error={form.errorAt('/smtp/host')}>
                {(input) => <input {...input} {...form.text('host')} maxLength={200} spellCheck={false} />}
              </Field>
              <Field label={t('notifications.field.tls')} required error={form.errorAt('/smtp/tls')}>
                {(input) => (
                  <select
                    {...input}
                    value={values.tls}
                    onChange={(event) => {
                      const tls = event.target.value as Tls;
                      if (values.port === usualPort[values.tls]) form.set('port', usualPort[tls]);
                      form.set('tls', tls);
                    }}
                  >
                    {tlsKinds.map((each) => (
                      <option key={each} value={each}>
                        {t(`notifications.tls.${each}`)}
                      </option>
                    ))}
                  </select>
                )}
              </Field>
              <Field label={t('notifications.field.port')} required error={form.errorAt('/smtp/port')}>
                {(input) => <input {...input} type="number" min={1} max={65535} {...form.text('port')} />}
              </Field>
            </div>
            <div className="ad-two">
              <Field label={t('notifications.field.user')} error={form.errorAt('/smtp/user')}>
                {(input) => (
                  <input {...input} {...form.text('user')} maxLength={200} autoComplete="off" spellCheck={false} />
                )}
              </Field>
              <Field
                label={t('notifications.field.password')}
                hint={t(view.smtp?.password_set ? 'notifications.password.kept' : 'notifications.password.none')}
                error={form.errorAt('/smtp/password')}
              >
                {(input) => (
                  <input
                    {...input}
                    type="password"
                    value={password}
                    maxLength={500}
                    autoComplete="new-password"
                    onChange={(event) => setPassword(event.target.value)}
                  />
                )}
              </Field>
            </div>
            <div className="ad-two">
              <Field label={t('notifications.field.from')} required error={form.errorAt('/smtp/from')}>
                {(input) => <input {...input} type="email" {...form.text('from')} maxLength={254} />}
              </Field>
              <Field label={t('notifications.field.from_name')} error={form.errorAt('/smtp/from_name')}>
                {(input) => <input {...input} {...form.text('from_name')} maxLength={200} />}
              </Field>
              <Field label={t('notifications.field.reply_to')} error={form.errorAt('/smtp/reply_to')}>
                {(input) => <input {...input} type="email" {...form.text('reply_to')} maxLength={254} />}
              </Field>
            </div>
          </>
        )}
      </Panel>
      <Panel title={t('notifications.told')}>
        <Checks
          legend={t('notifications.field.told_kinds')}
          options={view.mail_kinds.map((value) => ({ value, label: kindName(value), title: value }))}
          value={values.told_kinds}
          onChange={(next) => form.set('told_kinds', next)}
          error={form.errorAt('/silent_kinds')}
        />
      </Panel>
      <Panel
        title={t('notifications.field.duty')}
        hint={t('notifications.duty.hint')}
        action={
          <Button
            icon="plus"
            onClick={() => form.set('duty', [...values.duty, { unit_id: '', email: '', lang: 'zh-CN' }])}
          >
            {t('notifications.duty.add')}
          </Button>
        }
      >
        {values.duty.length === 0 && <p className="ac-second">{t('notifications.duty.empty')}</p>}
        {values.duty.map((duty, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: mailboxes have no id; they are only added and taken away here
          <div key={index} className="ad-duty">
            <Field label={t('notifications.duty.unit')} required error={form.errorAt(`/duty/${index}/unit_id`)}>
              {(input) => (
                <UnitSelect
                  input={input}
                  value={duty.unit_id || null}
                  onChange={(id) => setDuty(index, { unit_id: id ?? '' })}
                />
              )}
            </Field>
            <Field label={t('notifications.duty.email')} required error={form.errorAt(`/duty/${index}/email`)}>
              {(input) => (
                <input
                  {...input}
                  type="email"
                  value={duty.email}
                  maxLength={254}
                  onChange={(event) => setDuty(index, { email: event.target.value })}
                />
              )}
            </Field>
            <Field label={t('common.language')} required>
              {(input) => (
                <select
                  {...input}
                  value={duty.lang ?? 'zh-CN'}
                  onChange={(event) => setDuty(index, { lang: event.target.value as 'zh-CN' | 'en' })}
                >
                  {languages.map((language) => (
                    <option key={language} value={language}>
                      {languageNames[language]}
                    </option>
                  ))}
                </select>
              )}
            </Field>
            <Button
              icon="cross"
              onClick={() =>
                form.set(
                  'duty',
                  values.duty.filter((_, at) => at !== index),
                )
              }
            >
              {t('common.remove')}
            </Button>
          </div>
        ))}
      </Panel>
      <Panel title={t('notifications.network')}>
        <label className="ad-check">
          <input
            type="checkbox"
            checked={values.allow_private}
            onChange={(event) => form.set('allow_private', event.target.checked)}
          />
          {t('notifications.field.allow_private')}
        </label>
        <p className="ac-hint">{t('notifications.allow_private.hint')}</p>
        <Field
          label={t('notifications.field.authority_pem')}
          hint={t('notifications.authority_pem.hint')}
          error={form.errorAt('/authority_pem')}
        >
          {(input) => <textarea {...input} {...form.text('authority_pem')} spellCheck={false} />}
        </Field>
      </Panel>
      {edit.conflict}
      {edit.problem && unplaced(edit.problem) && <ErrorState error={edit.problem} inline />}
      <div className="ad-steps ad-save">
        <Button kind="primary" type="submit" busy={edit.busy}>
          {t('common.save')} <kbd>Ctrl ↵</kbd>
        </Button>
      </div>
    </form>
  );
}

/** A test mail with what is saved now; its way is shown among the messages. */
function TestPanel({ ready }: { ready: boolean }) {
  const t = useT();
  const [email, setEmail] = useState('');
  const command = useCommand((to: string, options) => sendTest({ email: to, webhook_id: null }, options), {
    touches: [['delivery', 'list']],
  });
  const [sent, setSent] = useState<Awaited<ReturnType<typeof sendTest>>>();
  return (
    <Panel title={t('notifications.test')} hint={t('notifications.test.hint')}>
      <form
        className="ad-row"
        noValidate
        onSubmit={async (event) => {
          event.preventDefault();
          setSent(undefined);
          const answer = await command.run(email.trim());
          if (answer) setSent(answer);
        }}
      >
        <input
          type="email"
          aria-label={t('notifications.test.to')}
          placeholder={t('notifications.test.to')}
          value={email}
          maxLength={254}
          onChange={(event) => setEmail(event.target.value)}
        />
        <Button
          type="submit"
          icon="sent"
          busy={command.busy}
          disabled={!ready || email.trim() === ''}
          reason={t(ready ? 'notifications.test.address_missing' : 'notifications.test.not_ready')}
        >
          {t('notifications.test.send')}
        </Button>
      </form>
      {!ready && <p className="ac-hint">{t('notifications.test.not_ready')}</p>}
      {command.problem && <ErrorState error={command.problem} inline />}
      {sent && (
        <p role="status">
          <DeliveryBadge state={sent.state} />{' '}
          <Link to="/settings/deliveries" search={{ sel: sent.id }}>
            <Icon name="right" size={14} /> {t('notifications.test.follow')}
          </Link>
        </p>
      )}
    </Panel>
  );
}
