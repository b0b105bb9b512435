/** Whose system it is: the company's name and zone. */
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { api, call } from '../api/client.ts';
import type { components } from '../api/schema.d.ts';
import { useT } from '../i18n/index.ts';
import { announce } from '../ui/announce.tsx';
import { Button } from '../ui/button.tsx';
import { Field } from '../ui/form.tsx';
import { Icon } from '../ui/icon.tsx';
import { Query } from '../ui/states.tsx';
import { Panel } from '../ui-desk/detail-page.tsx';
import { FormDialog } from '../ui-desk/dialog.tsx';
import { useEdit } from '../ui-desk/edit.tsx';
import { Fact } from '../ui-desk/record-page.tsx';
import { SettingsFrame } from './frame.desk.tsx';

type Company = components['schemas']['CompanyView'];

export default function SystemPage() {
  const t = useT();
  const company = useQuery({ queryKey: ['company', 'one'], queryFn: () => call(api.GET('/api/company')) });
  const [editing, setEditing] = useState(false);
  return (
    <SettingsFrame title={t('settings.page.system')}>
      <Panel
        title={t('settings.company')}
        hint={t('settings.company.hint')}
        action={
          company.data && (
            <Button icon="draft" onClick={() => setEditing(true)}>
              {t('common.edit')}
            </Button>
          )
        }
      >
        <Query of={company} shape="card">
          {({ name, zone }) => (
            <dl>
              <Fact label={t('settings.company.name')}>{name || '—'}</Fact>
              <Fact label={t('settings.company.zone')}>{zone}</Fact>
            </dl>
          )}
        </Query>
      </Panel>
      <Panel title={t('settings.notifications.link')} hint={t('settings.notifications.link.hint')}>
        <Link to="/settings/notifications">{t('settings.page.notifications')}</Link>
      </Panel>
      <PaperTemplates />
      {editing && company.data && <CompanyDialog view={company.data} onClose={() => setEditing(false)} />}
    </SettingsFrame>
  );
}

/** Which papers have a template of the company's own, and whether that can be drawn. */
function PaperTemplates() {
  const t = useT();
  const templates = useQuery({
    queryKey: ['paper_templates', 'one'],
    queryFn: () => call(api.GET('/api/paper-templates')),
  });
  return (
    <Panel
      title={t('settings.papers')}
      hint={t('settings.papers.hint', { folder: templates.data?.folder ?? 'templates' })}
      action={
        <Button icon="again" busy={templates.isFetching} onClick={() => void templates.refetch()}>
          {t('settings.papers.try')}
        </Button>
      }
    >
      <Query of={templates} shape="card">
        {({ papers }) => (
          <dl>
            {papers.map(({ paper, file_name, own, fault }) => (
              <Fact key={paper} label={file_name}>
                {!own && t('settings.papers.built_in')}
                {own && !fault && t('settings.papers.own')}
                {fault && (
                  <span role="alert">
                    <Icon name="warning" size={16} /> {t('settings.papers.broken')}{' '}
                    {fault.line != null && t('settings.papers.line', { line: fault.line, column: fault.column ?? 1 })}{' '}
                    <span lang="en">{fault.message}</span>
                  </span>
                )}
              </Fact>
            ))}
          </dl>
        )}
      </Query>
    </Panel>
  );
}

function CompanyDialog({ view, onClose }: { view: Company; onClose: () => void }) {
  const t = useT();
  const zones = useMemo(() => Intl.supportedValuesOf?.('timeZone') ?? ['Asia/Shanghai'], []);
  const edit = useEdit({
    view,
    values: ({ name, zone }: Company) => ({ name, zone }),
    fields: [
      { name: 'name', label: t('settings.company.name') },
      { name: 'zone', label: t('settings.company.zone') },
    ],
    draft_key: 'settings.company',
    send: ({ name, zone }, options) => call(api.PUT('/api/company', { body: { name: name.trim(), zone }, ...options })),
    touches: [['company'], ['setup'], ['me']],
    onSaved: () => {
      announce(t('common.saved'));
      onClose();
    },
  });
  const { form } = edit;
  return (
    <FormDialog
      title={t('settings.company.change')}
      form={form}
      verb={t('common.save')}
      busy={edit.busy}
      problem={edit.problem}
      conflict={edit.conflict}
      onClose={onClose}
      onSave={() => void edit.save()}
    >
      <p className="ac-hint">{t('settings.company.change.hint')}</p>
      <Field label={t('settings.company.name')} required error={form.errorAt('/name')}>
        {(input) => <input {...input} {...form.text('name')} maxLength={120} />}
      </Field>
      <Field label={t('settings.company.zone')} required error={form.errorAt('/zone')}>
        {(input) => (
          <select {...input} {...form.text('zone')}>
            {[...new Set([form.values.zone, 'Asia/Shanghai', ...zones])].map((zone) => (
              <option key={zone}>{zone}</option>
            ))}
          </select>
        )}
      </Field>
    </FormDialog>
  );
}
