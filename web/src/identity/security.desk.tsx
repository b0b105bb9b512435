/** How strict sign-in is. */
import { useQuery } from '@tanstack/react-query';
import { useCommand } from '../api/command.ts';
import { useT } from '../i18n/index.ts';
import { SettingsFrame } from '../settings/frame.desk.tsx';
import { announce } from '../ui/announce.tsx';
import { Button } from '../ui/button.tsx';
import { Field, useForm, useSaveKey } from '../ui/form.tsx';
import { ErrorState, Query } from '../ui/states.tsx';
import { Panel } from '../ui-desk/detail-page.tsx';
import { DraftNote, unplaced } from '../ui-desk/dialog.tsx';
import { type PasswordProfile, type SecuritySettings, securitySettings, setSecuritySettings } from './requests.ts';

/** Field → least and most, as the server accepts them. */
const ranges = {
  password_min: [8, 64],
  login_failures: [3, 20],
  address_failures: [10, 10_000],
  lock_minutes: [5, 1440],
  desk_idle_minutes: [10, 1440],
  desk_session_hours: [1, 720],
  field_session_days: [1, 90],
  unused_days: [30, 365],
} as const satisfies Record<Exclude<keyof SecuritySettings, 'password_profile'>, readonly [number, number]>;
type Limit = keyof typeof ranges;
const names = Object.keys(ranges) as Limit[];
const profiles = ['asvs', 'mlps'] as const satisfies readonly PasswordProfile[];

export default function SecurityPage() {
  const t = useT();
  const query = useQuery({ queryKey: ['security_settings', 'one'], queryFn: securitySettings });
  return (
    <SettingsFrame title={t('accounts.security')}>
      <Query of={query} shape="form">
        {(settings) => <SecurityForm key={JSON.stringify(settings)} settings={settings} />}
      </Query>
    </SettingsFrame>
  );
}

function SecurityForm({ settings }: { settings: SecuritySettings }) {
  const t = useT();
  const command = useCommand(setSecuritySettings, { touches: [['security_settings', 'one']] });
  const { problem } = command;
  const form = useForm({
    initial: {
      password_profile: settings.password_profile as string,
      ...(Object.fromEntries(names.map((name) => [name, String(settings[name])])) as Record<Limit, string>),
    },
    draft_key: 'accounts.security',
    problem,
  });
  const save = async () => {
    const body = Object.fromEntries(names.map((name) => [name, Number(form.values[name])]));
    const wrong = names.filter((name) => {
      const [least, most] = ranges[name];
      const value = body[name];
      return value === undefined || !Number.isInteger(value) || value < least || value > most;
    });
    if (wrong.length > 0) {
      form.setErrors(
        wrong.map((name) => {
          const [least, most] = ranges[name];
          return { pointer: `/${name}`, code: 'range', detail: t('accounts.security.range', { least, most }) };
        }),
      );
      return;
    }
    const whole = { ...body, password_profile: form.values.password_profile } as unknown as SecuritySettings;
    if (await command.run(whole)) {
      form.reset();
      announce(t('common.saved'));
    }
  };
  const onKeyDown = useSaveKey(() => void save());
  return (
    <Panel title={t('accounts.security.limits')} hint={t('accounts.security.hint')}>
      <form
        className="ac-form"
        noValidate
        onKeyDown={onKeyDown}
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <DraftNote form={form} />
        <Field label={t('accounts.security.password_profile')} required error={form.errorAt('/password_profile')}>
          {(input) => (
            <select
              {...input}
              value={form.values.password_profile}
              onChange={(event) => form.set('password_profile', event.target.value)}
            >
              {profiles.map((profile) => (
                <option key={profile} value={profile}>
                  {t(`accounts.security.password_profile.${profile}`)}
                </option>
              ))}
            </select>
          )}
        </Field>
        <div className="ad-two">
          {names.map((name) => (
            <Field
              key={name}
              label={t(`accounts.security.${name}`)}
              hint={t('accounts.security.range', { least: ranges[name][0], most: ranges[name][1] })}
              required
              error={form.errorAt(`/${name}`)}
            >
              {(input) => <input {...input} {...form.text(name)} inputMode="numeric" maxLength={5} />}
            </Field>
          ))}
        </div>
        {problem && unplaced(problem) && <ErrorState error={problem} inline />}
        <div className="ad-steps">
          <Button
            kind="primary"
            type="submit"
            busy={command.busy}
            disabled={!form.dirty}
            reason={t('common.unchanged')}
          >
            {t('common.save')}
          </Button>
        </div>
      </form>
    </Panel>
  );
}
