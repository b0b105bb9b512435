/** What lists share: titles that sort, and the frame of lists that settings keep. */
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { useState } from 'react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { CommandOptions } from '../src/api/command.ts';
import { Field, type Form } from '../src/ui/form.tsx';
import { KeptList } from '../src/ui-desk/kept-list.tsx';
import { type Sort, VirtualTable } from '../src/ui-desk/table.tsx';

interface Row {
  id: string;
  name: string;
  version: number;
}
const rows: Row[] = [
  { id: 'a', name: 'Alpha', version: 3 },
  { id: 'b', name: 'Beta', version: 1 },
];

beforeEach(() => {
  vi.stubGlobal(
    'ResizeObserver',
    class {
      observe() {}
      disconnect() {}
    },
  );
  vi.spyOn(HTMLElement.prototype, 'clientWidth', 'get').mockReturnValue(1200);
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

const own: Sort = { key: 'name', way: 'ascending' };

function Table({ asked }: { asked: (Sort | undefined)[] }) {
  const [sort, setSort] = useState<Sort>(own);
  return (
    <VirtualTable
      label="rows"
      place="test"
      rows={rows}
      rowId={({ id }) => id}
      columns={[
        { key: 'name', title: 'Name', width: 100, sorts: 'ascending', render: ({ name }) => name },
        { key: 'at', title: 'Reported', width: 100, sorts: 'descending', render: () => '' },
        { key: 'plain', title: 'Plain', width: 100, render: () => '' },
      ]}
      onSelect={() => undefined}
      onOpen={() => undefined}
      sort={sort}
      onSort={(next) => {
        asked.push(next);
        setSort(next ?? own);
      }}
    />
  );
}

test('a title sorts in its own way first, then the other, then not, and says how the list stands', () => {
  const asked: (Sort | undefined)[] = [];
  render(<Table asked={asked} />);
  const stands = (name: string) => screen.getByRole('columnheader', { name }).getAttribute('aria-sort');
  expect([stands('Name'), stands('Reported'), stands('Plain')]).toEqual(['ascending', 'none', null]);
  expect(screen.queryByRole('button', { name: 'Plain' })).toBeNull();
  const reported = screen.getByRole('button', { name: 'Reported' });
  fireEvent.click(reported);
  expect([stands('Name'), stands('Reported')]).toEqual(['none', 'descending']);
  fireEvent.click(reported);
  expect([stands('Name'), stands('Reported')]).toEqual(['none', 'ascending']);
  fireEvent.click(reported);
  expect([stands('Name'), stands('Reported')]).toEqual(['ascending', 'none']);
  expect(asked).toEqual([{ key: 'at', way: 'descending' }, { key: 'at', way: 'ascending' }, undefined]);
});

function NameField<T extends { name: string }>({ form }: { form: Form<T> }) {
  return (
    <Field label="Name" required error={form.errorAt('/name')}>
      {(input) => <input {...input} {...form.text('name')} />}
    </Field>
  );
}

function kept(
  create: (values: { name: string }, options: CommandOptions) => Promise<unknown>,
  change: (row: Row, values: { name: string }, options: CommandOptions) => Promise<unknown>,
  manages = true,
) {
  render(
    <QueryClientProvider client={new QueryClient()}>
      <KeptList<Row, { name: string }>
        frame={({ title, action, children }) => (
          <main>
            <h1>{title}</h1>
            {action}
            {children}
          </main>
        )}
        title="Names"
        manages={manages}
        query={{ data: rows, error: null, isPending: false, refetch: () => undefined }}
        rowId={({ id }) => id}
        columns={[{ key: 'name', title: 'Name', render: ({ name }) => name }]}
        empty={{ title: 'None', hint: 'Make one' }}
        forms={{
          fields: NameField,
          check: (form) => {
            if (form.values.name.trim()) return true;
            form.setErrors([{ pointer: '/name', code: 'missing', detail: 'Say a name' }]);
            return false;
          },
          touches: [['name']],
          draft_key: 'test.name',
          create: { verb: 'New name', initial: { name: '' }, send: create },
          change: {
            title: ({ name }) => `Change ${name}`,
            values: ({ name }) => ({ name }),
            named: [{ name: 'name', label: 'Name' }],
            send: change,
          },
        }}
      />
    </QueryClientProvider>,
  );
}

test('a kept list makes one and changes one by the same fields, on the version that was opened', async () => {
  const create = vi.fn(async () => ({}));
  const change = vi.fn(async () => ({ version: 4 }));
  kept(create, change);
  fireEvent.click(screen.getByRole('button', { name: 'New name' }));
  const dialog = await screen.findByRole('dialog');
  const verb = within(dialog).getByRole('button', { name: 'New name' });
  fireEvent.click(verb);
  await within(dialog).findByText('Say a name');
  expect(create).not.toHaveBeenCalled();
  fireEvent.change(within(dialog).getByLabelText('Name'), { target: { value: 'Gamma' } });
  fireEvent.click(verb);
  await waitFor(() => expect(create).toHaveBeenCalledOnce());
  expect(create.mock.calls[0]).toMatchObject([
    { name: 'Gamma' },
    { headers: { 'Idempotency-Key': expect.anything() } },
  ]);

  const [first] = screen.getAllByRole('button', { name: '修改' });
  if (!first) throw new Error('no row can be changed');
  fireEvent.click(first);
  const editing = await screen.findByRole('dialog', { name: 'Change Alpha' });
  fireEvent.change(within(editing).getByLabelText('Name'), { target: { value: 'Aleph' } });
  fireEvent.click(within(editing).getByRole('button', { name: '保存' }));
  await waitFor(() => expect(change).toHaveBeenCalledOnce());
  expect(change.mock.calls[0]).toMatchObject([rows[0], { name: 'Aleph' }, { headers: { 'If-Match': '"3"' } }]);
});

test('whoever may not change a kept list reads it', () => {
  const never = async () => ({});
  kept(never, never, false);
  expect(screen.getByText('Beta')).toBeTruthy();
  expect(screen.queryAllByRole('button')).toEqual([]);
});
