/** How long what nobody needs for ever is kept. */
import { useQuery } from '@tanstack/react-query';
import { api, call } from '../api/client.ts';
import type { CommandOptions } from '../api/command.ts';
import type { components } from '../api/schema.d.ts';
import { useT } from '../i18n/index.ts';
import { announce } from '../ui/announce.tsx';
import { Button } from '../ui/button.tsx';
import { Field, useSaveKey } from '../ui/form.tsx';
import { ErrorState, Query } from '../ui/states.tsx';
import { wholeNumber } from '../ui/whole-number.ts';
import { Panel } from '../ui-desk/detail-page.tsx';
import { DraftNote, unplaced } from '../ui-desk/dialog.tsx';
import { useEdit } from '../ui-desk/edit.tsx';
import { SettingsFrame } from './frame.desk.tsx';

type Keeping = components['schemas']['KeepingSettings'];
type KeepingView = components['schemas']['KeepingSettingsView'];
/** As typed: numbers are text until they are sent. */
type Typed = Record<keyof Keeping, string>;

/** Field → fewest and most days, as the server accepts them. */
const ranges = {
  messages_days: [7, 3650],
  uploads_days: [1, 90],
  positions_days: [1, 90],
  done_jobs_days: [1, 3650],
  failed_jobs_days: [30, 3650],
} as const satisfies Record<keyof Keeping, readonly [number, number]>;
const names = Object.keys(ranges) as (keyof Keeping)[];

const settingsQuery = { queryKey: ['keeping_settings', 'one'], queryFn: () => call(api.GET('/api/keeping-settings')) };
const change = (body: Keeping, options: CommandOptions) => call(api.PUT('/api/keeping-settings', { body, ...options }));

export default function KeepingPage() {
  const t = useT();
  const query = useQuery(settingsQuery);
  return (
    <SettingsFrame title={t('settings.page.keeping')}>
      <Query of={query} shape="form">
        {(view) => <KeepingForm key={view.version} view={view} />}
      </Query>
    </SettingsFrame>
  );
}

function KeepingForm({ view }: { view: KeepingView }) {
  const t = useT();
  const edit = useEdit({
    view,
    values: (of: KeepingView): Typed => Object.fromEntries(names.map((name) => [name, String(of[name])])) as Typed,
    fields: names.map((name) => ({ name, label: t(`settings.keeping.${name}`) })),
    draft_key: 'settings.keeping',
    check: ({ values, setErrors }) => {
      const wrong = names.filter((name) => Number.isNaN(wholeNumber(values[name], ranges[name])));
      setErrors(
        wrong.map((name) => {
          const [least, most] = ranges[name];
          return { pointer: `/${name}`, code: 'range', detail: t('settings.keeping.range', { least, most }) };
        }),
      );
      return wrong.length === 0;
    },
    send: (typed, options) =>
      change(Object.fromEntries(names.map((name) => [name, Number(typed[name])])) as Keeping, options),
    touches: [settingsQuery.queryKey],
    onSaved: () => announce(t('common.saved')),
  });
  const { form, problem } = edit;
  const save = () => edit.save();
  const onKeyDown = useSaveKey(() => void save());
  return (
    <Panel title={t('settings.keeping.title')} hint={t('settings.keeping.hint')}>
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
        <div className="ad-two">
          {names.map((name) => (
            <Field
              key={name}
              label={t(`settings.keeping.${name}`)}
              hint={t(`settings.keeping.${name}.hint`, { least: ranges[name][0], most: ranges[name][1] })}
              required
              error={form.errorAt(`/${name}`)}
            >
              {(input) => <input {...input} {...form.text(name)} inputMode="numeric" maxLength={5} />}
            </Field>
          ))}
        </div>
        {names.some((name) => wholeNumber(form.values[name], ranges[name]) < (view[name] ?? 0)) && (
          <p className="ac-hint" role="status">
            {t('settings.keeping.shorter')}
          </p>
        )}
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
