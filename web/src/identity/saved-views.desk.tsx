/** Kept views of a list: go to one, keep what is shown under a name, share it with one's unit, update or remove an own one. */
import { useQuery } from '@tanstack/react-query';
import { Dropdown } from 'antd';
import { useState } from 'react';
import { useCommand } from '../api/command.ts';
import { useT } from '../i18n/index.ts';
import { announce } from '../ui/announce.tsx';
import { Field, useForm } from '../ui/form.tsx';
import { Icon } from '../ui/icon.tsx';
import { FormDialog } from '../ui-desk/dialog.tsx';
import type { ListPlace } from '../ui-desk/list-place.ts';
import { changeView, createView, removeView, type SavedView, savedViewsQuery, standing } from './saved-views.ts';

export function SavedViews({ list, place }: { list: string; place: ListPlace }) {
  const t = useT();
  const views = useQuery(savedViewsQuery(list)).data ?? [];
  const [keeping, setKeeping] = useState(false);
  const here = standing(views, place);
  const [last, setLast] = useState<string>();
  // The own view that was opened last and changed since can take what is shown now.
  const changed = here ? undefined : views.find(({ id, mine }) => mine && id === last);
  const touches = [['saved_view', 'list']];
  const update = useCommand((view: SavedView, options) => changeView(view, contentOf(place), options), {
    touches,
    ...(changed ? { ifMatch: `"${changed.version}"` } : {}),
  });
  const remove = useCommand((id: string, options) => removeView(id, options), { touches });

  const label = (view: SavedView) =>
    view.mine ? view.name : t('common.list.kept_by', { name: view.name, by: view.by });
  const act = async (key: string) => {
    const view = views.find(({ id }) => id === key);
    if (view) {
      setLast(view.id);
      place.open({ ...view.content, filters: view.content.filters ?? {} });
    } else if (key === 'keep') setKeeping(true);
    else if (key === 'update' && changed) {
      if (await update.run(changed)) announce(t('common.list.kept'));
    } else if (key === 'remove' && here?.mine) {
      if (await remove.run(here.id)) announce(t('common.list.kept.removed'));
    }
  };
  const problem = update.problem ?? remove.problem;
  return (
    <>
      <Dropdown
        trigger={['click']}
        menu={{
          selectable: true,
          selectedKeys: here ? [here.id] : [],
          items: [
            ...views.map((view) => ({ key: view.id, label: label(view) })),
            ...(views.length > 0 ? [{ type: 'divider' as const }] : []),
            ...(here ? [] : [{ key: 'keep', label: t('common.list.keep') }]),
            ...(changed ? [{ key: 'update', label: `${t('common.list.kept.update')}: ${changed.name}` }] : []),
            ...(here?.mine ? [{ key: 'remove', danger: true, label: t('common.list.kept.remove') }] : []),
          ],
          onClick: ({ key }) => void act(key),
        }}
      >
        <button type="button" className="ac-button" aria-haspopup="menu">
          {here ? label(here) : t('common.list.kept_views')} <Icon name="down" size={12} />
        </button>
      </Dropdown>
      {problem && <span className="ac-field-error">{problem.title}</span>}
      {keeping && (
        <KeepDialog
          list={list}
          place={place}
          onClose={() => setKeeping(false)}
          onKept={(id) => {
            setLast(id);
            setKeeping(false);
          }}
        />
      )}
    </>
  );
}

const contentOf = (place: ListPlace) => ({
  view: place.view,
  filters: { ...place.filters },
  ...(place.columns ? { columns: [...place.columns] } : {}),
  ...(place.sort ? { sort: place.sort } : {}),
});

function KeepDialog(props: { list: string; place: ListPlace; onClose: () => void; onKept: (id: string) => void }) {
  const t = useT();
  const { list, place, onClose, onKept } = props;
  const command = useCommand(createView, { touches: [['saved_view', 'list']] });
  const form = useForm({ initial: { name: '', shared: false }, problem: command.problem });
  const save = async () => {
    if (!form.values.name.trim()) {
      form.setErrors([{ pointer: '/name', code: 'missing', detail: t('common.list.missing_name') }]);
      return;
    }
    const kept = await command.run({
      list,
      name: form.values.name.trim(),
      shared: form.values.shared,
      content: contentOf(place),
    });
    if (!kept) return;
    announce(t('common.list.kept'));
    onKept(kept.id);
  };
  return (
    <FormDialog
      title={t('common.list.keep.title')}
      verb={t('common.save')}
      form={form}
      busy={command.busy}
      problem={command.problem}
      onSave={() => void save()}
      onClose={onClose}
    >
      <p>{t('common.list.keep.what')}</p>
      <Field label={t('common.list.keep.name')} required error={form.errorAt('/name')}>
        {(input) => <input {...input} {...form.text('name')} maxLength={40} autoComplete="off" />}
      </Field>
      <label className="ad-check">
        <input
          type="checkbox"
          checked={form.values.shared}
          onChange={(event) => form.set('shared', event.target.checked)}
        />{' '}
        {t('common.list.keep.shared')}
      </label>
      {form.errorAt('/shared') && <p className="ac-field-error">{form.errorAt('/shared')}</p>}
    </FormDialog>
  );
}
