/** Persons and firms designated to guide, install or repair in the company's name, with their days. */
import { useQuery } from '@tanstack/react-query';
import { api, call } from '../api/client.ts';
import { serverNow } from '../api/server-clock.ts';
import { useT } from '../i18n/index.ts';
import { useMay } from '../identity/me.ts';
import { SettingsFrame } from '../settings/frame.desk.tsx';
import { Field, type Form } from '../ui/form.tsx';
import { dayOf } from '../ui/format.ts';
import { useZone } from '../ui/zone.ts';
import { KeptList } from '../ui-desk/kept-list.tsx';
import type { Schemas } from './requests.ts';

const kinds = ['firm', 'person'] as const satisfies readonly Schemas['DesignatedKind'][];

interface Values {
  kind: Schemas['DesignatedKind'];
  name: string;
  valid_from: string;
  valid_to: string;
  remark: string;
}

const body = ({ kind, name, valid_from, valid_to, remark }: Values): Schemas['DesignatedInput'] => ({
  kind,
  name: name.trim(),
  valid_from,
  valid_to: valid_to || null,
  remark: remark.trim(),
});

export default function DesignatedPage() {
  const t = useT();
  const manages = useMay()('coverage.designate');
  const today = dayOf(serverNow(), useZone());
  const query = useQuery({
    queryKey: ['designated_party', 'list'],
    queryFn: () => call(api.GET('/api/designated-parties')),
  });
  const initial: Values = { kind: 'firm', name: '', valid_from: today, valid_to: '', remark: '' };
  return (
    <KeptList
      frame={SettingsFrame}
      title={t('coverage.designated')}
      hint={t('coverage.designated.hint')}
      manages={manages}
      query={query}
      rowId={({ id }) => id}
      columns={[
        { key: 'name', title: t('coverage.designated.name'), render: ({ name }) => name },
        {
          key: 'kind',
          title: t('coverage.designated.kind'),
          render: ({ kind }) => t(`coverage.designated.kind.${kind}`),
        },
        {
          key: 'valid',
          title: t('coverage.designated.valid'),
          render: ({ valid_from, valid_to }) => (
            <>
              <span className="ac-figure">{`${valid_from} –`}</span>{' '}
              {valid_to ? <span className="ac-figure">{valid_to}</span> : t('coverage.designated.open_end')}
            </>
          ),
        },
        { key: 'remark', title: t('coverage.designated.remark'), render: ({ remark }) => remark || '—' },
      ]}
      search={{ label: t('coverage.designated.search'), of: ({ name }) => name }}
      empty={{ title: t('coverage.designated.empty'), hint: t('coverage.designated.empty.hint') }}
      forms={{
        fields: Fields,
        touches: [['designated_party']],
        draft_key: 'coverage.designated',
        create: {
          verb: t('coverage.designated.add'),
          initial,
          send: (values, options) => call(api.POST('/api/designated-parties', { body: body(values), ...options })),
        },
        change: {
          title: () => t('coverage.designated.change'),
          values: ({ kind, name, valid_from, valid_to, remark }): Values => ({
            kind,
            name,
            valid_from,
            valid_to: valid_to ?? '',
            remark,
          }),
          named: [
            { name: 'name', label: t('coverage.designated.name') },
            {
              name: 'kind',
              label: t('coverage.designated.kind'),
              show: (kind: Values['kind']) => t(`coverage.designated.kind.${kind}`),
            },
            { name: 'valid_from', label: t('coverage.designated.valid_from') },
            { name: 'valid_to', label: t('coverage.designated.valid_to') },
            { name: 'remark', label: t('coverage.designated.remark') },
          ],
          send: ({ id }, values, options) =>
            call(api.PUT('/api/designated-parties/{id}', { params: { path: { id } }, body: body(values), ...options })),
        },
      }}
    />
  );
}

function Fields<T extends Values>({ form }: { form: Form<T> }) {
  const t = useT();
  return (
    <div className="ad-two">
      <Field label={t('coverage.designated.name')} required error={form.errorAt('/name')}>
        {(input) => <input {...input} {...form.text('name')} maxLength={120} />}
      </Field>
      <Field label={t('coverage.designated.kind')} required error={form.errorAt('/kind')}>
        {(input) => (
          <select {...input} {...form.text('kind')}>
            {kinds.map((kind) => (
              <option key={kind} value={kind}>
                {t(`coverage.designated.kind.${kind}`)}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field label={t('coverage.designated.valid_from')} required error={form.errorAt('/valid_from')}>
        {(input) => <input {...input} {...form.text('valid_from')} type="date" />}
      </Field>
      <Field
        label={t('coverage.designated.valid_to')}
        hint={t('coverage.designated.valid_to.hint')}
        error={form.errorAt('/valid_to')}
      >
        {(input) => <input {...input} {...form.text('valid_to')} type="date" />}
      </Field>
      <Field label={t('coverage.designated.remark')} error={form.errorAt('/remark')}>
        {(input) => <input {...input} {...form.text('remark')} maxLength={200} />}
      </Field>
    </div>
  );
}
