/** Whose system it is, how mail leaves it, and which programs are told about events. */
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, call } from '../api/client.ts';
import { type CommandOptions, useCommand } from '../api/command.ts';
import type { components } from '../api/schema.d.ts';
import { useT } from '../i18n/index.ts';
import { useMe } from '../identity/me.ts';
import { setupState } from '../identity/session.ts';
import { announce } from '../ui/announce.tsx';
import { Button } from '../ui/button.tsx';
import { CopyLine } from '../ui/copy-line.tsx';
import { Field, useForm } from '../ui/form.tsx';
import { ErrorState, Query } from '../ui/states.tsx';
import { DateTime } from '../ui/values.tsx';
import { Checks } from '../ui-desk/checks.tsx';
import { ConfirmInWords } from '../ui-desk/confirm-in-words.tsx';
import { Panel } from '../ui-desk/detail-page.tsx';
import { Dialog, FormDialog } from '../ui-desk/dialog.tsx';
import { useEdit } from '../ui-desk/edit.tsx';
import { PlainTable } from '../ui-desk/plain-table.tsx';
import { Fact } from '../ui-desk/record-page.tsx';
import { SettingsFrame } from './frame.desk.tsx';

type Schemas = components['schemas'];
type Settings = Schemas['SettingsView'];
type Webhook = Schemas['WebhookView'];

export default function SystemPage() {
  const t = useT();
  const me = useMe();
  const company = useQuery({ queryKey: ['setup', 'state'], queryFn: setupState });
  const settings = useQuery({
    queryKey: ['notification_settings', 'one'],
    queryFn: () => call(api.GET('/api/notification-settings')),
  });
  const [editing, setEditing] = useState(false);
  return (
    <SettingsFrame title={t('settings.page.system')}>
      <Panel title={t('settings.company')} hint={t('settings.company.hint')}>
        <Query of={company} shape="card">
          {({ company_name }) => (
            <dl>
              <Fact label={t('settings.company.name')}>{company_name ?? '—'}</Fact>
              <Fact label={t('settings.company.zone')}>{me?.zone ?? '—'}</Fact>
            </dl>
          )}
        </Query>
      </Panel>
      <Query of={settings}>
        {(view) => (
          <>
            <Panel
              title={t('settings.mail')}
              action={
                <Button icon="draft" onClick={() => setEditing(true)}>
                  {t('common.edit')}
                </Button>
              }
            >
              {view.smtp ? (
                <>
                  <dl>
                    <Fact label={t('settings.mail.host')}>{`${view.smtp.host}:${view.smtp.port}`}</Fact>
                    <Fact label={t('settings.mail.tls')}>{t(`settings.mail.tls.${view.smtp.tls}`)}</Fact>
                    <Fact label={t('settings.mail.from')}>{`${view.smtp.from_name ?? ''} <${view.smtp.from}>`}</Fact>
                    <Fact label={t('settings.mail.user')}>{view.smtp.user ?? '—'}</Fact>
                  </dl>
                  <TestMail />
                </>
              ) : (
                <p className="ac-second">{t('settings.mail.off')}</p>
              )}
            </Panel>
            <Webhooks kinds={view.webhook_kinds} />
            {editing && <MailDialog view={view} onClose={() => setEditing(false)} />}
          </>
        )}
      </Query>
    </SettingsFrame>
  );
}

interface MailValues {
  host: string;
  port: string;
  tls: Schemas['Tls'];
  user: string;
  password: string;
  from: string;
  from_name: string;
}

/** The mail server; an empty host turns mail off, an empty password keeps the one that stands. */
function MailDialog({ view, onClose }: { view: Settings; onClose: () => void }) {
  const t = useT();
  const [base, setBase] = useState(view);
  const edit = useEdit({
    view,
    values: (now: Settings): MailValues => ({
      host: now.smtp?.host ?? '',
      port: String(now.smtp?.port ?? 465),
      tls: now.smtp?.tls ?? 'implicit',
      user: now.smtp?.user ?? '',
      password: '',
      from: now.smtp?.from ?? '',
      from_name: now.smtp?.from_name ?? '',
    }),
    fields: (['host', 'port', 'tls', 'user', 'from', 'from_name'] as const).map((name) => ({
      name,
      label: t(`settings.mail.${name}`),
    })),
    // No draft: the password must not be kept in the browser.
    send: (values, options) => {
      const { smtp: _, version: _v, mail_kinds: _m, webhook_kinds: _w, ...kept } = base;
      const smtp = values.host.trim()
        ? {
            host: values.host.trim(),
            port: Number(values.port),
            tls: values.tls,
            user: values.user.trim() || null,
            password: values.password || null,
            from: values.from.trim(),
            from_name: values.from_name.trim() || null,
            reply_to: base.smtp?.reply_to ?? null,
          }
        : null;
      return call(api.PUT('/api/notification-settings', { body: { ...kept, smtp }, ...options }));
    },
    touches: [['notification_settings']],
    onSaved: (answer) => {
      setBase(answer);
      announce(t('common.saved'));
      onClose();
    },
  });
  const { form } = edit;
  return (
    <FormDialog
      title={t('settings.mail')}
      form={form}
      verb={t('common.save')}
      busy={edit.busy}
      problem={edit.problem}
      conflict={edit.conflict}
      onClose={onClose}
      onSave={() => void edit.save()}
    >
      <Field label={t('settings.mail.host')} hint={t('settings.mail.host.hint')} error={form.errorAt('/smtp/host')}>
        {(input) => <input {...input} {...form.text('host')} maxLength={200} spellCheck={false} />}
      </Field>
      <div className="ad-two">
        <Field label={t('settings.mail.port')} required error={form.errorAt('/smtp/port')}>
          {(input) => <input {...input} {...form.text('port')} inputMode="numeric" maxLength={5} />}
        </Field>
        <Field label={t('settings.mail.tls')} required error={form.errorAt('/smtp/tls')}>
          {(input) => (
            <select
              {...input}
              value={form.values.tls}
              onChange={(event) => form.set('tls', event.target.value as Schemas['Tls'])}
            >
              {(['implicit', 'starttls', 'none'] as const).map((each) => (
                <option key={each} value={each}>
                  {t(`settings.mail.tls.${each}`)}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Field label={t('settings.mail.user')} error={form.errorAt('/smtp/user')}>
          {(input) => <input {...input} {...form.text('user')} maxLength={200} autoComplete="off" />}
        </Field>
        <Field
          label={t('settings.mail.password')}
          hint={view.smtp?.password_set ? t('settings.mail.password.kept') : undefined}
          error={form.errorAt('/smtp/password')}
        >
          {(input) => (
            <input {...input} {...form.text('password')} type="password" maxLength={200} autoComplete="new-password" />
          )}
        </Field>
        <Field label={t('settings.mail.from')} required error={form.errorAt('/smtp/from')}>
          {(input) => <input {...input} {...form.text('from')} type="email" maxLength={200} />}
        </Field>
        <Field label={t('settings.mail.from_name')} error={form.errorAt('/smtp/from_name')}>
          {(input) => <input {...input} {...form.text('from_name')} maxLength={100} />}
        </Field>
      </div>
    </FormDialog>
  );
}

function TestMail() {
  const t = useT();
  const command = useCommand((email: string, options: CommandOptions) =>
    call(api.POST('/api/notification-settings/test', { body: { email }, ...options })),
  );
  const form = useForm({ initial: { email: '' }, problem: command.problem });
  return (
    <form
      className="ac-form"
      noValidate
      onSubmit={async (event) => {
        event.preventDefault();
        if (await command.run(form.values.email.trim())) announce(t('settings.mail.test.done'));
      }}
    >
      <Field label={t('settings.mail.test')} error={form.errorAt('/email')}>
        {(input) => (
          <div className="ac-copy">
            <input {...input} {...form.text('email')} type="email" maxLength={200} />
            <Button type="submit" busy={command.busy} icon="sent">
              {t('settings.mail.test.send')}
            </Button>
          </div>
        )}
      </Field>
      {command.problem && command.problem.errors.length === 0 && <ErrorState error={command.problem} inline />}
    </form>
  );
}

function Webhooks({ kinds }: { kinds: readonly string[] }) {
  const t = useT();
  const query = useQuery({ queryKey: ['webhook', 'list'], queryFn: () => call(api.GET('/api/webhooks')) });
  const [making, setMaking] = useState(false);
  const [removing, setRemoving] = useState<Webhook>();
  const command = useCommand(
    (id: string, options: CommandOptions) =>
      call(api.DELETE('/api/webhooks/{id}', { params: { path: { id } }, body: {} as never, ...options })),
    { touches: [['webhook']] },
  );
  return (
    <Panel
      title={t('settings.webhooks')}
      hint={t('settings.webhooks.hint')}
      action={
        <Button icon="plus" onClick={() => setMaking(true)}>
          {t('settings.webhook.create')}
        </Button>
      }
    >
      <Query of={query} shape="list">
        {(rows) =>
          rows.length === 0 ? (
            <p className="ac-second">{t('settings.webhooks.empty')}</p>
          ) : (
            <PlainTable
              label={t('settings.webhooks')}
              rows={rows}
              rowId={({ id }) => id}
              columns={[
                { key: 'name', title: t('settings.webhook.name'), render: ({ name }) => name || '—' },
                { key: 'url', title: t('settings.webhook.url'), render: ({ url }) => url },
                {
                  key: 'kinds',
                  title: t('settings.webhook.kinds'),
                  render: (row) =>
                    row.kinds.map((kind) => (
                      <span key={kind} className="ad-tag">
                        {kind}
                      </span>
                    )),
                },
                {
                  key: 'created',
                  title: t('settings.webhook.created_at'),
                  render: ({ created_at }) => <DateTime at={created_at} />,
                },
                {
                  key: 'remove',
                  title: '',
                  render: (row) => (
                    <button type="button" className="ac-link" onClick={() => setRemoving(row)}>
                      {t('common.remove')}
                    </button>
                  ),
                },
              ]}
            />
          )
        }
      </Query>
      {making && <WebhookDialog kinds={kinds} onClose={() => setMaking(false)} />}
      <ConfirmInWords
        open={removing !== undefined}
        title={t('settings.webhook.remove')}
        consequences={[t('settings.webhook.remove.consequence', { url: removing?.url ?? '' })]}
        verb={t('common.remove')}
        danger
        busy={command.busy}
        problem={command.problem}
        onCancel={() => {
          command.clear();
          setRemoving(undefined);
        }}
        onConfirm={async () => {
          if (removing && (await command.run(removing.id))) setRemoving(undefined);
        }}
      />
    </Panel>
  );
}

function WebhookDialog({ kinds, onClose }: { kinds: readonly string[]; onClose: () => void }) {
  const t = useT();
  const [made, setMade] = useState<Webhook>();
  const command = useCommand(
    (body: Schemas['NewWebhook'], options: CommandOptions) => call(api.POST('/api/webhooks', { body, ...options })),
    { touches: [['webhook']] },
  );
  const form = useForm({
    initial: { url: '', name: '', kinds: [] as string[] },
    draft_key: 'settings.webhook',
    problem: command.problem,
  });
  if (made) {
    return (
      <Dialog title={t('settings.webhook.created')} onClose={onClose}>
        <div className="ac-form">
          <p>{t('settings.webhook.once')}</p>
          {made.secret && <CopyLine label={t('settings.webhook.secret')} text={made.secret} />}
        </div>
      </Dialog>
    );
  }
  return (
    <FormDialog
      title={t('settings.webhook.create')}
      form={form}
      verb={t('settings.webhook.create')}
      busy={command.busy}
      problem={command.problem}
      onClose={onClose}
      onSave={async () => {
        const { url, name, kinds: chosen } = form.values;
        const answer = await command.run({ url: url.trim(), name: name.trim(), kinds: chosen });
        if (!answer) return;
        form.reset();
        setMade(answer);
      }}
    >
      <Field label={t('settings.webhook.url')} required error={form.errorAt('/url')}>
        {(input) => <input {...input} {...form.text('url')} type="url" placeholder="https://" maxLength={500} />}
      </Field>
      <Field label={t('settings.webhook.name')} error={form.errorAt('/name')}>
        {(input) => <input {...input} {...form.text('name')} maxLength={80} />}
      </Field>
      <Checks
        legend={t('settings.webhook.kinds')}
        value={form.values.kinds}
        options={kinds.map((value) => ({ value, label: value }))}
        onChange={(next) => form.set('kinds', next)}
        error={form.errorAt('/kinds')}
      />
    </FormDialog>
  );
}
