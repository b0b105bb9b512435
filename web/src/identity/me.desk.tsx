/** One's own account: who I am here, language, password, signed-in devices. */
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useCommand } from '../api/command.ts';
import { type Language, languages, setLanguage, useLanguage, useT } from '../i18n/index.ts';
import { SettingsFrame } from '../settings/frame.desk.tsx';
import { announce } from '../ui/announce.tsx';
import { Button } from '../ui/button.tsx';
import { Choice, Field, useForm } from '../ui/form.tsx';
import { ErrorState, Query } from '../ui/states.tsx';
import { setTheme, useTheme } from '../ui/theme.ts';
import { DateTime } from '../ui/values.tsx';
import { ConfirmInWords } from '../ui-desk/confirm-in-words.tsx';
import { Panel } from '../ui-desk/detail-page.tsx';
import { PlainTable } from '../ui-desk/plain-table.tsx';
import { Fact } from '../ui-desk/record-page.tsx';
import { Invitations } from './invitations.tsx';
import { secondFactorPath, useMay, useMe } from './me.ts';
import { languageNames } from './page-card.tsx';
import { PasswordInput } from './password-input.tsx';
import {
  changePassword,
  type Device,
  devices,
  endDevice,
  factorQuery,
  keepLanguage,
  reissueInvitations,
} from './requests.ts';

export default function MyAccountPage() {
  const t = useT();
  const me = useMe();
  const may = useMay();
  if (!me) return null;
  return (
    <SettingsFrame title={t('accounts.me.title')}>
      <div className="ad-two">
        <Panel title={me.name}>
          <dl>
            <Fact label={t('accounts.login')}>{me.login}</Fact>
            <Fact label={t('accounts.roles')}>{me.roles.map((role) => t(`status.role.${role}`)).join(', ')}</Fact>
            <Fact label={t('accounts.unit')}>{me.unit?.name || '—'}</Fact>
            <Fact label={t('accounts.zone')}>{me.zone}</Fact>
          </dl>
        </Panel>
        <LookPanel />
      </div>
      <PasswordPanel />
      <FactorPanel />
      <DevicesPanel />
      {may('system.settings') && <InvitationsPanel />}
    </SettingsFrame>
  );
}

function LookPanel() {
  const t = useT();
  const language = useLanguage();
  const theme = useTheme();
  const command = useCommand(keepLanguage, { touches: [['me', 'self']] });
  const choose = (next: Language) => {
    void setLanguage(next);
    void command.run({ language: next });
  };
  return (
    <Panel title={t('accounts.look')} hint={t('accounts.language.hint')}>
      <Choice
        label={t('common.language')}
        value={language}
        onChange={choose}
        options={languages.map((value) => ({ value, label: languageNames[value] }))}
      />
      <Choice
        label={t('common.theme')}
        value={theme}
        onChange={setTheme}
        options={(['system', 'light', 'dark'] as const).map((value) => ({ value, label: t(`common.theme.${value}`) }))}
      />
      {command.problem && <ErrorState error={command.problem} inline />}
    </Panel>
  );
}

function PasswordPanel() {
  const t = useT();
  const command = useCommand(changePassword, { touches: [['me', 'sessions']] });
  const { problem } = command;
  const form = useForm({ initial: { current_password: '', password: '', again: '' }, problem });
  const submit = async () => {
    const { again, ...body } = form.values;
    const fault = (pointer: string, code: string) =>
      form.setErrors([{ pointer, code, detail: t(`accounts.password.fault.${code}`) }]);
    if (!body.current_password) return fault('/current_password', 'current');
    if (!body.password) return fault('/password', 'missing');
    if (body.password !== again) return fault('/again', 'again');
    if (await command.run(body)) {
      form.reset();
      announce(t('accounts.password.done'));
    }
  };
  return (
    <Panel title={t('accounts.password.title')} hint={t('accounts.password.hint')}>
      <form
        className="ac-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <div className="ad-two">
          <Field label={t('accounts.password.current')} required error={form.errorAt('/current_password')}>
            {(input) => (
              <PasswordInput input={input} {...form.text('current_password')} autoComplete="current-password" />
            )}
          </Field>
          <Field label={t('accounts.password.new')} required error={form.errorAt('/password')}>
            {(input) => <PasswordInput input={input} {...form.text('password')} autoComplete="new-password" />}
          </Field>
          <Field label={t('accounts.password.again')} required error={form.errorAt('/again')}>
            {(input) => <PasswordInput input={input} {...form.text('again')} autoComplete="new-password" />}
          </Field>
        </div>
        {problem && problem.errors.length === 0 && <ErrorState error={problem} inline />}
        <div className="ad-steps">
          <Button kind="primary" type="submit" busy={command.busy}>
            {t('accounts.password.change')}
          </Button>
        </div>
      </form>
    </Panel>
  );
}

function FactorPanel() {
  const t = useT();
  const query = useQuery(factorQuery);
  return (
    <Panel title={t('common.second_factor')} hint={t('accounts.factor.hint')}>
      <Query of={query} shape="list">
        {({ since, codes_left, required, required_from, reset }) => (
          <>
            <dl>
              <Fact label={t('accounts.factor.state')}>
                {since ? (
                  <span>
                    {t('accounts.factor.on')} <DateTime at={since} />
                  </span>
                ) : (
                  t('accounts.factor.none')
                )}
              </Fact>
              {since && <Fact label={t('accounts.factor.codes_left')}>{codes_left}</Fact>}
              {required && <Fact label={t('accounts.factor.required')}>{t('accounts.factor.required.yes')}</Fact>}
              {required_from && (
                <Fact label={t('accounts.factor.required_from')}>
                  <DateTime at={required_from} />
                </Fact>
              )}
              {reset && (
                <Fact label={t('accounts.factor.reset_at')}>
                  <span>
                    <DateTime at={reset.at} /> {reset.by ?? t('accounts.factor.at_server')} · {reset.reason}
                  </span>
                </Fact>
              )}
            </dl>
            <div className="ad-row">
              <a className="ac-button ac-button-plain" href={secondFactorPath('/settings/me')}>
                {t(since ? 'accounts.factor.replace' : 'common.second_factor.set_up')}
              </a>
              {since && (
                <a className="ac-button ac-button-plain" href={secondFactorPath('/settings/me', 'codes')}>
                  {t('accounts.factor.codes')}
                </a>
              )}
              {since && !required && (
                <a className="ac-button ac-button-danger" href={secondFactorPath('/settings/me', 'off')}>
                  {t('accounts.factor.off')}
                </a>
              )}
            </div>
          </>
        )}
      </Query>
    </Panel>
  );
}

function DevicesPanel() {
  const t = useT();
  const query = useQuery({ queryKey: ['me', 'sessions'], queryFn: devices });
  const command = useCommand(endDevice, { touches: [['me', 'sessions']] });
  const [ending, setEnding] = useState<Device>();
  return (
    <Panel title={t('accounts.devices.title')} hint={t('accounts.devices.hint')}>
      <Query of={query} shape="list">
        {(rows) => (
          <PlainTable
            label={t('accounts.devices.title')}
            rows={rows}
            rowId={({ id }) => id}
            columns={[
              { key: 'device', title: t('accounts.devices.device'), render: ({ device }) => device },
              { key: 'address', title: t('accounts.devices.address'), render: ({ address }) => address },
              {
                key: 'created',
                title: t('accounts.devices.created_at'),
                render: ({ created_at }) => <DateTime at={created_at} />,
              },
              {
                key: 'seen',
                title: t('accounts.devices.last_seen_at'),
                render: ({ last_seen_at }) => <DateTime at={last_seen_at} />,
              },
              {
                key: 'end',
                title: t('accounts.devices.end'),
                render: (device) =>
                  device.current ? (
                    <span className="ad-tag">{t('accounts.devices.current')}</span>
                  ) : (
                    <button type="button" className="ac-link" onClick={() => setEnding(device)}>
                      {t('accounts.devices.sign_out')}
                    </button>
                  ),
              },
            ]}
          />
        )}
      </Query>
      <ConfirmInWords
        open={ending !== undefined}
        title={t('accounts.devices.sign_out_what', { device: ending?.device ?? '' })}
        consequences={[t('accounts.devices.sign_out.consequence')]}
        verb={t('accounts.devices.sign_out')}
        busy={command.busy}
        problem={command.problem}
        onCancel={() => {
          command.clear();
          setEnding(undefined);
        }}
        onConfirm={async () => {
          if (ending && (await command.run(ending.id))) setEnding(undefined);
        }}
      />
    </Panel>
  );
}

function InvitationsPanel() {
  const t = useT();
  const command = useCommand((_: object, options) => reissueInvitations(options));
  const [links, setLinks] = useState<Awaited<ReturnType<typeof reissueInvitations>>>();
  return (
    <Panel title={t('accounts.reissue.title')} hint={t('accounts.reissue.hint')}>
      {links ? (
        <Invitations invitations={links.invitations} intro={false} />
      ) : (
        <div>
          <Button busy={command.busy} onClick={async () => setLinks(await command.run({}))}>
            {t('accounts.reissue')}
          </Button>
        </div>
      )}
      {command.problem && <ErrorState error={command.problem} inline />}
    </Panel>
  );
}
