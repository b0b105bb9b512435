/** How strict sign-in is. */
import { useQuery } from '@tanstack/react-query';
import { useT } from '../i18n/index.ts';
import { SettingsFrame } from '../settings/frame.desk.tsx';
import { announce } from '../ui/announce.tsx';
import { Button } from '../ui/button.tsx';
import { Field, useSaveKey } from '../ui/form.tsx';
import { ErrorState, Query } from '../ui/states.tsx';
import { wholeNumber } from '../ui/whole-number.ts';
import { Checks } from '../ui-desk/checks.tsx';
import { Panel } from '../ui-desk/detail-page.tsx';
import { DraftNote, unplaced } from '../ui-desk/dialog.tsx';
import { useEdit } from '../ui-desk/edit.tsx';
import {
  type PasswordProfile,
  type Role,
  roles,
  type SecuritySettings,
  type SecuritySettingsView,
  securitySettings,
  setSecuritySettings,
} from './requests.ts';

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
  second_factor_grace_days: [0, 30],
} as const satisfies Record<
  Exclude<keyof SecuritySettings, 'password_profile' | 'second_factor_roles'>,
  readonly [number, number]
>;
type Limit = keyof typeof ranges;
const names = Object.keys(ranges) as Limit[];
/** As typed: numbers are text until they are sent. */
type Typed = Record<Limit, string> & { password_profile: PasswordProfile; second_factor_roles: Role[] };
/** Who can be asked for a second factor: people who work here. */
const people = roles.filter((role) => role !== 'customer_contact' && role !== 'telephone_system');
const profiles = ['asvs', 'mlps'] as const satisfies readonly PasswordProfile[];

export default function SecurityPage() {
  const t = useT();
  const query = useQuery({ queryKey: ['security_settings', 'one'], queryFn: securitySettings });
  return (
    <SettingsFrame title={t('accounts.security')}>
      <Query of={query} shape="form">
        {(view) => <SecurityForm key={view.version} view={view} />}
      </Query>
    </SettingsFrame>
  );
}

function SecurityForm({ view }: { view: SecuritySettingsView }) {
  const t = useT();
  const edit = useEdit({
    view,
    values: (of: SecuritySettingsView): Typed => ({
      password_profile: of.password_profile,
      second_factor_roles: of.second_factor_roles,
      ...(Object.fromEntries(names.map((name) => [name, String(of[name])])) as Record<Limit, string>),
    }),
    fields: [
      {
        name: 'password_profile',
        label: t('accounts.security.password_profile'),
        show: (profile: PasswordProfile) => t(`accounts.security.password_profile.${profile}`),
      },
      {
        name: 'second_factor_roles',
        label: t('accounts.security.second_factor_roles'),
        show: (list: Role[]) => list.map((role) => t(`status.role.${role}`)).join(', ') || '—',
      },
      ...names.map((name) => ({ name, label: t(`accounts.security.${name}`) })),
    ],
    draft_key: 'accounts.security',
    check: ({ values, setErrors }) => {
      const wrong = names.filter((name) => Number.isNaN(wholeNumber(values[name], ranges[name])));
      setErrors(
        wrong.map((name) => {
          const [least, most] = ranges[name];
          return { pointer: `/${name}`, code: 'range', detail: t('accounts.security.range', { least, most }) };
        }),
      );
      return wrong.length === 0;
    },
    send: ({ password_profile, second_factor_roles, ...limits }, options) =>
      setSecuritySettings(
        {
          password_profile,
          second_factor_roles,
          ...(Object.fromEntries(names.map((name) => [name, Number(limits[name])])) as Record<Limit, number>),
        },
        options,
      ),
    touches: [['security_settings', 'one']],
    onSaved: () => announce(t('common.saved')),
  });
  const { form, problem } = edit;
  const save = () => edit.save();
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
              onChange={(event) => form.set('password_profile', event.target.value as PasswordProfile)}
            >
              {profiles.map((profile) => (
                <option key={profile} value={profile}>
                  {t(`accounts.security.password_profile.${profile}`)}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Checks
          legend={t('accounts.security.second_factor_roles')}
          value={form.values.second_factor_roles}
          options={people.map((value) => ({ value, label: t(`status.role.${value}`) }))}
          onChange={(next) => form.set('second_factor_roles', next)}
          error={form.errorAt('/second_factor_roles')}
        />
        <p className="ac-hint">{t('accounts.security.second_factor_roles.hint')}</p>
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
        {edit.conflict}
        <div className="ad-steps">
          <Button kind="primary" type="submit" busy={edit.busy} disabled={!form.dirty} reason={t('common.unchanged')}>
            {t('common.save')}
          </Button>
        </div>
      </form>
    </Panel>
  );
}
