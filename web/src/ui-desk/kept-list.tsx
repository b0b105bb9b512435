/**
 * A settings page that keeps a short list: the table, the button that makes one more, and the dialogs that make and change one.
 * Drafts are kept, conflicts are shown side by side, and a narrow screen gets a card per row.
 */
import type { QueryKey } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { type CommandOptions, useCommand } from '../api/command.ts';
import { useT } from '../i18n/index.ts';
import { announce } from '../ui/announce.tsx';
import { Button } from '../ui/button.tsx';
import { type Form, useForm } from '../ui/form.tsx';
import { Empty, Query } from '../ui/states.tsx';
import { Panel } from './detail-page.tsx';
import { FormDialog } from './dialog.tsx';
import { type EditField, useEdit } from './edit.tsx';
import { SearchFilter } from './filters.tsx';
import { type PlainColumn, PlainTable } from './plain-table.tsx';

/** Rows up to which nobody needs to look for one. */
const looked_through = 20;

/** What makes a row and what changes one; both show the same fields and touch the same queries. */
export interface KeptForms<Row, Values extends object, Made extends Values> {
  fields: <T extends Values>(props: { form: Form<T> }) => ReactNode;
  /** May find faults before the server does; false stops. */
  check?: (form: Pick<Form<Values>, 'values' | 'setErrors'>) => boolean;
  touches: readonly QueryKey[];
  /** Kept drafts are named by it. */
  draft_key: string;
  create: {
    /** The verb of the button, and the name of its dialog. */
    verb: string;
    initial: Made;
    /** Fields that stand on top and can't be changed later. */
    first?: (props: { form: Form<Made> }) => ReactNode;
    send: (values: Made, options: CommandOptions) => Promise<unknown>;
  };
  change: {
    title: (row: Row) => string;
    values: (row: Row) => Values;
    /** The fields as a conflict names them. */
    named: readonly EditField<Values>[];
    send: (row: Row, values: Values, options: CommandOptions) => Promise<unknown>;
  };
}

export function KeptList<Row extends { version: number }, Values extends object, Made extends Values = Values>(props: {
  /** What stands around every page of the settings. */
  frame: (props: { title: string; action?: ReactNode; children: ReactNode }) => ReactNode;
  title: string;
  hint?: string;
  /** Whether the person may make and change them. */
  manages: boolean;
  query: { data: readonly Row[] | undefined; error: unknown; isPending: boolean; refetch: () => unknown };
  rowId: (row: Row) => string;
  columns: readonly PlainColumn<Row>[];
  /** Tables that the list falls into; one of all rows unless given. */
  parts?: readonly { key: string; title: string; has: (row: Row) => boolean }[];
  /** By what a row is found where there are many. */
  search?: { label: string; of: (row: Row) => string };
  empty: { title: string; hint: string };
  forms: KeptForms<Row, Values, Made>;
}) {
  const t = useT();
  const { frame: Frame, title, hint, manages, query, rowId, columns, search, empty, forms } = props;
  const parts = props.parts ?? [{ key: 'all', title: undefined, has: () => true }];
  const [sought, setSought] = useState('');
  const [making, setMaking] = useState(false);
  const [changing, setChanging] = useState<Row>();
  const words = sought.trim().toLowerCase();
  const edit: PlainColumn<Row> = {
    key: 'edit',
    title: '',
    render: (row) => (
      <button type="button" className="ac-link" onClick={() => setChanging(row)}>
        {t('common.edit')}
      </button>
    ),
  };
  return (
    <Frame
      title={title}
      action={
        manages && (
          <Button kind="primary" icon="plus" onClick={() => setMaking(true)}>
            {forms.create.verb}
          </Button>
        )
      }
    >
      {hint && <p className="ac-hint">{hint}</p>}
      <Query of={query} shape="list">
        {(all) =>
          parts.map((part) => {
            const own = all.filter(part.has);
            const shown = search ? own.filter((row) => search.of(row).toLowerCase().includes(words)) : own;
            const table = (
              <>
                {search && own.length > looked_through && (
                  <SearchFilter label={search.label} value={sought} onChange={setSought} />
                )}
                {own.length === 0 ? (
                  <Empty {...empty} />
                ) : shown.length === 0 ? (
                  <Empty title={t('common.list.no_match')} />
                ) : (
                  <PlainTable
                    label={part.title ?? title}
                    rows={shown}
                    rowId={rowId}
                    columns={manages ? [...columns, edit] : columns}
                    cards
                  />
                )}
              </>
            );
            return part.title ? (
              <Panel key={part.key} title={part.title}>
                {table}
              </Panel>
            ) : (
              <section key={part.key} className="ac-panel ad-panel">
                {table}
              </section>
            );
          })
        }
      </Query>
      {making && <NewDialog forms={forms} onClose={() => setMaking(false)} />}
      {changing && (
        <ChangeDialog forms={forms} row={changing} id={rowId(changing)} onClose={() => setChanging(undefined)} />
      )}
    </Frame>
  );
}

function NewDialog<Row, Values extends object, Made extends Values>(props: {
  forms: KeptForms<Row, Values, Made>;
  onClose: () => void;
}) {
  const t = useT();
  const { forms, onClose } = props;
  const { fields: Fields, check, touches, draft_key, create } = forms;
  const First = create.first;
  const command = useCommand(create.send, { touches });
  const form = useForm<Made>({
    initial: create.initial,
    draft_key: `${draft_key}.new`,
    problem: command.problem,
  });
  return (
    <FormDialog
      title={create.verb}
      form={form}
      verb={create.verb}
      busy={command.busy}
      problem={command.problem}
      onClose={onClose}
      onSave={async () => {
        if (check && !check(form)) return;
        if ((await command.run(form.values)) === undefined) return;
        form.reset();
        announce(t('common.saved'));
        onClose();
      }}
    >
      {First && <First form={form} />}
      <Fields form={form} />
    </FormDialog>
  );
}

function ChangeDialog<Row extends { version: number }, Values extends object, Made extends Values>(props: {
  forms: KeptForms<Row, Values, Made>;
  row: Row;
  id: string;
  onClose: () => void;
}) {
  const t = useT();
  const { forms, row, id, onClose } = props;
  const { fields: Fields, check, touches, draft_key, change } = forms;
  const edit = useEdit<Values, Row, unknown>({
    view: row,
    values: change.values,
    fields: change.named,
    draft_key: `${draft_key}.${id}`,
    check,
    send: (values, options) => change.send(row, values, options),
    touches,
    onSaved: () => {
      announce(t('common.saved'));
      onClose();
    },
  });
  return (
    <FormDialog
      title={change.title(row)}
      form={edit.form}
      verb={t('common.save')}
      busy={edit.busy}
      problem={edit.problem}
      conflict={edit.conflict}
      onClose={onClose}
      onSave={() => void edit.save()}
    >
      <Fields form={edit.form} />
    </FormDialog>
  );
}
