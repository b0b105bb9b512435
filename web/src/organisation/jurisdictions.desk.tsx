/** Whose county is whose (P4): each of China's counties belongs to exactly one unit. */
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { type CommandOptions, useCommand } from '../api/command.ts';
import { useT } from '../i18n/index.ts';
import { useMay } from '../identity/me.ts';
import { SettingsFrame } from '../settings/frame.desk.tsx';
import { announce } from '../ui/announce.tsx';
import { Button } from '../ui/button.tsx';
import { Field, useForm } from '../ui/form.tsx';
import { Icon } from '../ui/icon.tsx';
import { ErrorState, Query } from '../ui/states.tsx';
import { Panel } from '../ui-desk/detail-page.tsx';
import { FormDialog } from '../ui-desk/dialog.tsx';
import { Fact } from '../ui-desk/record-page.tsx';
import { DivisionPicker } from './division-picker.tsx';
import {
  divisionsQuery,
  type Jurisdictions,
  jurisdictionsQuery,
  moveDivisions,
  saveMap,
  useDivisionName,
  useUnitName,
  useUnits,
} from './requests.ts';
import { UnitSelect } from './unit-select.tsx';

export default function JurisdictionsPage() {
  const t = useT();
  const manages = useMay()('organisation.manage');
  const query = useQuery(jurisdictionsQuery);
  const [moving, setMoving] = useState(false);
  return (
    <SettingsFrame
      title={t('organisation.jurisdictions')}
      action={
        manages &&
        (query.data?.assigned ?? 0) > 0 && (
          <Button kind="primary" icon="merge" onClick={() => setMoving(true)}>
            {t('organisation.move')}
          </Button>
        )
      }
    >
      <Query of={query}>
        {(map) => (
          <>
            <Panel
              title={t('organisation.jurisdictions.now')}
              hint={t('organisation.jurisdictions.hint', { as_of: map.divisions_as_of })}
            >
              <p>
                <Icon name={map.assigned === map.counties ? 'check' : 'warning'} />{' '}
                {t('organisation.jurisdictions.assigned', { assigned: map.assigned, counties: map.counties })}
              </p>
              <Holdings map={map} />
            </Panel>
            {manages && map.assigned === 0 && <FirstMap map={map} />}
            {moving && <MoveDialog map={map} onClose={() => setMoving(false)} />}
          </>
        )}
      </Query>
    </SettingsFrame>
  );
}

/** What each unit holds, in the widest names that say it. */
function Holdings({ map }: { map: Jurisdictions }) {
  const t = useT();
  const unitName = useUnitName();
  if (map.assignments.length === 0) return <p className="ac-second">{t('organisation.jurisdictions.empty')}</p>;
  return (
    <dl>
      {map.assignments.map(({ unit_id, divisions }) => (
        <Fact key={unit_id} label={unitName(unit_id)}>
          <span>
            {divisions.map((code) => (
              <DivisionTag key={code} code={code} />
            ))}
          </span>
        </Fact>
      ))}
    </dl>
  );
}

function DivisionTag({ code }: { code: string }) {
  return <span className="ad-tag">{useDivisionName(code)}</span>;
}

/** The first map is given whole: every province to a unit; cities and counties are moved afterwards. */
function FirstMap({ map }: { map: Jurisdictions }) {
  const t = useT();
  const units = useUnits();
  const provinces = useQuery(divisionsQuery(undefined));
  const command = useCommand(
    ({ assignments, reason }: { assignments: Jurisdictions['assignments']; reason: string }, options: CommandOptions) =>
      saveMap({ assignments, reason }, options),
    { touches: [['jurisdiction']], ifMatch: `"${map.version}"` },
  );
  const form = useForm({
    initial: { owners: {} as Record<string, string>, rest: null as string | null, reason: '' },
    draft_key: 'organisation.map',
    problem: command.problem,
  });
  const { owners, rest, reason } = form.values;
  const save = async () => {
    const held = (provinces.data ?? []).map(({ code, name }) => ({ code, name, unit: owners[code] ?? rest }));
    const open = held.filter(({ unit }) => !unit);
    if (open.length > 0) {
      const names = open.map(({ name }) => name).join(', ');
      form.setErrors([{ pointer: '/assignments', code: 'gap', detail: t('organisation.fault.gap', { names }) }]);
      return;
    }
    const assignments = units.flatMap(({ id }) => {
      const divisions = held.filter(({ unit }) => unit === id).map(({ code }) => code);
      return divisions.length > 0 ? [{ unit_id: id, divisions }] : [];
    });
    if (!(await command.run({ assignments, reason: reason.trim() }))) return;
    form.reset();
    announce(t('common.saved'));
  };
  return (
    <Panel title={t('organisation.first_map')} hint={t('organisation.first_map.hint')}>
      <form
        className="ac-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <Field label={t('organisation.first_map.rest')} hint={t('organisation.first_map.rest.hint')}>
          {(input) => <UnitSelect input={input} value={rest} onChange={(id) => form.set('rest', id)} />}
        </Field>
        <Query of={provinces} shape="form">
          {(rows) => (
            <div className="ad-two">
              {rows.map(({ code, name }) => (
                <Field key={code} label={name}>
                  {(input) => (
                    <UnitSelect
                      input={input}
                      value={owners[code] ?? null}
                      none={t('organisation.first_map.as_rest')}
                      onChange={(id) => {
                        const { [code]: _, ...others } = owners;
                        form.set('owners', id ? { ...others, [code]: id } : others);
                      }}
                    />
                  )}
                </Field>
              ))}
            </div>
          )}
        </Query>
        <Field label={t('common.reason')} error={form.errorAt('/reason')}>
          {(input) => <input {...input} {...form.text('reason')} maxLength={500} />}
        </Field>
        {form.errorAt('/assignments') && (
          <p className="ac-field-error" role="alert">
            <Icon name="warning" size={14} /> {form.errorAt('/assignments')}
          </p>
        )}
        {command.problem && <ErrorState error={command.problem} inline />}
        <div className="ad-steps">
          <Button kind="primary" type="submit" busy={command.busy}>
            {t('organisation.first_map.save')}
          </Button>
        </div>
      </form>
    </Panel>
  );
}

/** Divisions change hands, with their sites and open work. */
function MoveDialog({ map, onClose }: { map: Jurisdictions; onClose: () => void }) {
  const t = useT();
  const [picked, setPicked] = useState('');
  const command = useCommand(moveDivisions, {
    touches: [['jurisdiction'], ['site'], ['customer'], ['asset']],
    ifMatch: `"${map.version}"`,
  });
  const form = useForm({
    initial: { divisions: [] as string[], unit_id: null as string | null, reason: '' },
    draft_key: 'organisation.move',
    problem: command.problem,
  });
  const { divisions, unit_id, reason } = form.values;
  const save = async () => {
    const faults = [
      ...(divisions.length > 0
        ? []
        : [{ pointer: '/divisions', code: 'none', detail: t('organisation.fault.divisions') }]),
      ...(unit_id ? [] : [{ pointer: '/unit_id', code: 'unit', detail: t('organisation.fault.unit') }]),
    ];
    form.setErrors(faults);
    if (faults.length > 0 || !unit_id) return;
    if (!(await command.run({ divisions, unit_id, reason: reason.trim() }))) return;
    form.reset();
    announce(t('organisation.move.done'));
    onClose();
  };
  const changed = command.problem?.status === 412;
  return (
    <FormDialog
      title={t('organisation.move')}
      form={form}
      verb={t('organisation.move.verb')}
      busy={command.busy}
      problem={command.problem}
      onClose={onClose}
      onSave={() => void save()}
      conflict={changed ? <p className="ad-conflict">{t('organisation.move.changed')}</p> : undefined}
    >
      <p className="ac-second">{t('organisation.move.hint')}</p>
      <Field label={t('organisation.move.divisions')} required error={form.errorAt('/divisions')}>
        {(input) => (
          <div className="ad-row">
            <DivisionPicker input={input} value={picked} onChange={(code) => setPicked(code)} />
            <Button
              icon="plus"
              disabled={!picked || divisions.includes(picked)}
              onClick={() => {
                form.set('divisions', [...divisions, picked]);
                setPicked('');
              }}
            >
              {t('common.add')}
            </Button>
          </div>
        )}
      </Field>
      <div>
        {divisions.map((code) => (
          <button
            key={code}
            type="button"
            className="ac-chip"
            title={t('common.remove')}
            onClick={() =>
              form.set(
                'divisions',
                divisions.filter((each) => each !== code),
              )
            }
          >
            <DivisionTag code={code} /> <Icon name="cross" size={12} title={t('common.remove')} />
          </button>
        ))}
      </div>
      <Field label={t('organisation.move.to')} required error={form.errorAt('/unit_id')}>
        {(input) => <UnitSelect input={input} value={unit_id} onChange={(id) => form.set('unit_id', id)} />}
      </Field>
      <Field label={t('common.reason')} error={form.errorAt('/reason')}>
        {(input) => <input {...input} {...form.text('reason')} maxLength={500} />}
      </Field>
    </FormDialog>
  );
}
