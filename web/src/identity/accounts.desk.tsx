/** Accounts: who can sign in, as what. */
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { keys } from '../api/queries.ts';
import { useT } from '../i18n/index.ts';
import { useUnitName } from '../organisation/requests.ts';
import { SettingsNav } from '../settings/frame.desk.tsx';
import { Button } from '../ui/button.tsx';
import { DateTime } from '../ui/values.tsx';
import { Filter, SearchFilter } from '../ui-desk/filters.tsx';
import { useKeysetList } from '../ui-desk/keyset.ts';
import { ListPage } from '../ui-desk/list-page.tsx';
import { useListPlace } from '../ui-desk/list-place.ts';
import { NewAccountDialog } from './account-form.desk.tsx';
import { type AccountState, accountStates, accounts, type Role, roles } from './requests.ts';

export default function AccountsPage() {
  const t = useT();
  const navigate = useNavigate();
  const unitName = useUnitName();
  const place = useListPlace('all');
  const [making, setMaking] = useState(false);
  const { q, role, state } = place.filters;
  const filter = { q: q || undefined, role: role as Role | undefined, state: state as AccountState | undefined };
  const list = useKeysetList(keys.list('account', filter), (after) => accounts({ ...filter, after }));
  const open = (id: string) => void navigate({ to: `/settings/accounts/${id}` });
  const add = (
    <Button kind="primary" icon="plus" onClick={() => setMaking(true)}>
      {t('accounts.create')}
    </Button>
  );
  return (
    <div className="ad-side ad-side-list">
      <SettingsNav />
      <ListPage
        title={t('accounts.title')}
        views={[]}
        place={place}
        list={list}
        rowId={({ id }) => id}
        onOpen={open}
        action={add}
        filters={
          <>
            <SearchFilter
              label={t('accounts.search')}
              value={q ?? ''}
              onChange={(next) => place.setFilter('q', next)}
            />
            <Filter
              label={t('accounts.role')}
              value={role ?? ''}
              options={roles.map((value) => ({ value, label: t(`status.role.${value}`) }))}
              onChange={(next) => place.setFilter('role', next)}
            />
            <Filter
              label={t('accounts.state')}
              value={state ?? ''}
              options={accountStates.map((value) => ({ value, label: t(`accounts.state.${value}`) }))}
              onChange={(next) => place.setFilter('state', next)}
            />
          </>
        }
        chips={[
          ...(q ? [{ name: 'q', label: q }] : []),
          ...(role ? [{ name: 'role', label: t(`status.role.${role}`) }] : []),
          ...(state ? [{ name: 'state', label: t(`accounts.state.${state}`) }] : []),
        ]}
        columns={[
          { key: 'name', title: t('accounts.name'), width: 160, render: ({ name }) => name },
          { key: 'login', title: t('accounts.login'), width: 140, render: ({ login }) => login },
          {
            key: 'roles',
            title: t('accounts.roles'),
            width: 240,
            render: (row) => row.roles.map((each) => t(`status.role.${each}`)).join(', '),
          },
          { key: 'unit', title: t('accounts.unit'), width: 160, render: ({ unit_id }) => unitName(unit_id) },
          {
            key: 'state',
            title: t('accounts.state'),
            width: 110,
            render: (row) => t(`accounts.state.${row.closed_unused ? 'closed_unused' : row.state}`),
          },
          {
            key: 'seen',
            title: t('accounts.last_seen_at'),
            width: 150,
            render: ({ last_seen_at }) =>
              last_seen_at ? (
                <DateTime at={last_seen_at} />
              ) : (
                <span className="ac-second">{t('accounts.never_seen')}</span>
              ),
          },
          {
            key: 'created',
            title: t('accounts.created_at'),
            width: 150,
            render: ({ created_at }) => <DateTime at={created_at} />,
          },
        ]}
        empty={{ title: t('accounts.empty'), hint: t('accounts.empty.hint'), action: add }}
      />
      {making && <NewAccountDialog onClose={() => setMaking(false)} onOpen={open} />}
    </div>
  );
}
