/** The company as a tree: headquarters, branches, technical centres, regions. */
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useCommand } from '../api/command.ts';
import { useT } from '../i18n/index.ts';
import { useMay } from '../identity/me.ts';
import { SettingsFrame } from '../settings/frame.desk.tsx';
import { announce } from '../ui/announce.tsx';
import { useBoth } from '../ui/both.ts';
import { Button } from '../ui/button.tsx';
import { Field, type Form, useForm } from '../ui/form.tsx';
import { Empty, Query } from '../ui/states.tsx';
import { Checks } from '../ui-desk/checks.tsx';
import { Panel } from '../ui-desk/detail-page.tsx';
import { FormDialog } from '../ui-desk/dialog.tsx';
import { useEdit } from '../ui-desk/edit.tsx';
import {
  changeUnit,
  type DepartmentKind,
  departmentKinds,
  foundUnit,
  type Unit,
  type UnitKind,
  unitsQuery,
} from './requests.ts';
import { UnitSelect } from './unit-select.tsx';

/** Units in the order of the tree, each with its depth. */
export function treeOf(units: readonly Unit[]): { unit: Unit; depth: number }[] {
  const below = (parent: string | null, depth: number): { unit: Unit; depth: number }[] =>
    units
      .filter(({ parent_id }) => (parent_id ?? null) === parent)
      .flatMap((unit) => [{ unit, depth }, ...below(unit.id, depth + 1)]);
  return below(null, 0);
}

export default function UnitsPage() {
  const t = useT();
  const both = useBoth();
  const manages = useMay()('organisation.manage');
  const query = useQuery(unitsQuery);
  const [making, setMaking] = useState(false);
  const [changing, setChanging] = useState<Unit>();
  return (
    <SettingsFrame
      title={t('organisation.units')}
      action={
        manages && (
          <Button kind="primary" icon="plus" onClick={() => setMaking(true)}>
            {t('organisation.unit.create')}
          </Button>
        )
      }
    >
      <Panel title={t('organisation.units.tree')} hint={t('organisation.units.hint')}>
        <Query of={query} shape="list">
          {(units) =>
            units.length === 0 ? (
              <Empty title={t('organisation.units.empty')} hint={t('organisation.units.empty.hint')} />
            ) : (
              <ul className="ad-tree">
                {treeOf(units).map(({ unit, depth }) => (
                  <li key={unit.id} style={{ paddingInlineStart: depth * 20 }} className="ad-row">
                    <strong>{both(unit.name)}</strong>
                    <span className="ad-tag">{t(`organisation.unit.kind.${unit.kind}`)}</span>
                    {!unit.active && <span className="ad-tag">{t('organisation.unit.closed')}</span>}
                    <span className="ac-second">
                      {unit.departments.map(({ kind }) => t(`organisation.department.${kind}`)).join(', ')}
                    </span>
                    {manages && (
                      <button type="button" className="ac-link" onClick={() => setChanging(unit)}>
                        {t('common.edit')}
                      </button>
                    )}
                  </li>
                ))}
              </ul>
            )
          }
        </Query>
      </Panel>
      {making && <NewUnitDialog first={query.data?.length === 0} onClose={() => setMaking(false)} />}
      {changing && <EditUnitDialog unit={changing} onClose={() => setChanging(undefined)} />}
    </SettingsFrame>
  );
}

interface UnitValues {
  parent_id: string | null;
  zh_cn: string;
  en: string;
  zone: string;
  departments: DepartmentKind[];
}

const nameOf = ({ zh_cn, en }: UnitValues) => ({ zh_cn: zh_cn.trim(), en: en.trim() });

function UnitFields<T extends UnitValues>({ form, top }: { form: Form<T>; top: boolean }) {
  const t = useT();
  const { values } = form;
  return (
    <>
      <div className="ad-two">
        <Field label={t('organisation.name_zh')} required error={form.errorAt('/name')}>
          {(input) => <input {...input} {...form.text('zh_cn')} lang="zh-CN" maxLength={100} />}
        </Field>
        <Field label={t('organisation.name_en')}>
          {(input) => <input {...input} {...form.text('en')} lang="en" maxLength={100} />}
        </Field>
      </div>
      {!top && (
        <Field label={t('organisation.unit.parent')} required error={form.errorAt('/parent_id')}>
          {(input) => (
            <UnitSelect
              input={input}
              value={values.parent_id}
              onChange={(id) => form.set('parent_id', id as T['parent_id'])}
            />
          )}
        </Field>
      )}
      <Field label={t('organisation.unit.zone')} required error={form.errorAt('/zone')}>
        {(input) => <input {...input} {...form.text('zone')} maxLength={60} spellCheck={false} />}
      </Field>
      <Checks
        legend={t('organisation.unit.departments')}
        value={values.departments}
        options={departmentKinds.map((value) => ({ value, label: t(`organisation.department.${value}`) }))}
        onChange={(next) => form.set('departments', next as T['departments'])}
        error={form.errorAt('/departments')}
      />
    </>
  );
}

function NewUnitDialog({ first, onClose }: { first: boolean; onClose: () => void }) {
  const t = useT();
  const command = useCommand(foundUnit, { touches: [['unit']] });
  const form = useForm<UnitValues & { kind: UnitKind }>({
    initial: {
      kind: first ? 'headquarters' : 'branch',
      parent_id: null,
      zh_cn: '',
      en: '',
      zone: 'Asia/Shanghai',
      departments: first ? [...departmentKinds] : [],
    },
    draft_key: 'organisation.unit.new',
    problem: command.problem,
  });
  const { values } = form;
  const top = values.kind === 'headquarters';
  return (
    <FormDialog
      title={t('organisation.unit.create')}
      form={form}
      verb={t('organisation.unit.create')}
      busy={command.busy}
      problem={command.problem}
      onClose={onClose}
      onSave={async () => {
        const made = await command.run({
          kind: values.kind,
          parent_id: top ? null : values.parent_id,
          name: nameOf(values),
          zone: values.zone.trim(),
          departments: values.departments,
        });
        if (!made) return;
        form.reset();
        announce(t('common.saved'));
        onClose();
      }}
    >
      <Field label={t('organisation.unit.kind')} required error={form.errorAt('/kind')}>
        {(input) => (
          <select {...input} value={values.kind} onChange={(event) => form.set('kind', event.target.value as UnitKind)}>
            {(['headquarters', 'branch', 'technical_centre', 'region'] as const).map((kind) => (
              <option key={kind} value={kind}>
                {t(`organisation.unit.kind.${kind}`)}
              </option>
            ))}
          </select>
        )}
      </Field>
      <UnitFields form={form} top={top} />
    </FormDialog>
  );
}

function EditUnitDialog({ unit, onClose }: { unit: Unit; onClose: () => void }) {
  const t = useT();
  const edit = useEdit({
    view: unit,
    values: (view: Unit): UnitValues & { active: boolean } => ({
      parent_id: view.parent_id ?? null,
      zh_cn: view.name.zh_cn,
      en: view.name.en ?? '',
      zone: view.zone,
      departments: view.departments.map(({ kind }) => kind),
      active: view.active,
    }),
    fields: [
      { name: 'zh_cn', label: t('organisation.name_zh') },
      { name: 'en', label: t('organisation.name_en') },
      { name: 'zone', label: t('organisation.unit.zone') },
      {
        name: 'departments',
        label: t('organisation.unit.departments'),
        show: (kinds: DepartmentKind[]) => kinds.map((kind) => t(`organisation.department.${kind}`)).join(', '),
      },
      {
        name: 'active',
        label: t('organisation.unit.active'),
        show: (on: boolean) => t(on ? 'common.yes' : 'common.no'),
      },
    ],
    draft_key: `organisation.unit.${unit.id}`,
    send: (values, options) =>
      changeUnit(
        unit.id,
        {
          parent_id: values.parent_id,
          name: nameOf(values),
          zone: values.zone.trim(),
          departments: values.departments,
          active: values.active,
        },
        options,
      ),
    touches: [['unit']],
    onSaved: () => {
      announce(t('common.saved'));
      onClose();
    },
  });
  return (
    <FormDialog
      title={t('organisation.unit.change')}
      form={edit.form}
      verb={t('common.save')}
      busy={edit.busy}
      problem={edit.problem}
      conflict={edit.conflict}
      onClose={onClose}
      onSave={() => void edit.save()}
    >
      <UnitFields form={edit.form} top={unit.kind === 'headquarters'} />
      <label className="ad-check">
        <input
          type="checkbox"
          checked={edit.form.values.active}
          onChange={(event) => edit.form.set('active', event.target.checked)}
        />
        {t('organisation.unit.active')}
      </label>
      <p className="ac-hint">{t('organisation.unit.active.hint')}</p>
    </FormDialog>
  );
}
