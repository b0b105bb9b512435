/**
 * Changing a record that others may change too. The version the form began with goes along as If-Match; when somebody was
 * faster (412), the differing fields are shown side by side: take theirs, or keep mine and save over it.
 */
import type { QueryKey } from '@tanstack/react-query';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { type CommandOptions, useCommand } from '../api/command.ts';
import type { Problem } from '../api/problem.ts';
import { useT } from '../i18n/index.ts';
import { Button } from '../ui/button.tsx';
import { type Form, useForm } from '../ui/form.tsx';
import { Icon } from '../ui/icon.tsx';

/** A field as the conflict names it; `show` writes its value in words. */
export interface EditField<T> {
  name: keyof T & string;
  label: string;
  show?: (value: never) => ReactNode;
}

type Draft<T> = T & { base_version: number };

/** What `useEdit` gives to a form. */
export interface Edit<T extends object> {
  form: Form<Draft<T>>;
  save: () => Promise<void>;
  busy: boolean;
  /** The refusal; none while it is a conflict. */
  problem: Problem | undefined;
  /** Drawn above the buttons when somebody else was faster. */
  conflict: ReactNode;
}

/**
 * `values` makes the form's values of a view; `check` may find faults before the server does (false stops). The draft
 * remembers the version it began with, so that an old draft can't overwrite what came in between.
 */
export function useEdit<T extends object, View extends { version: number }, Answer = View>(options: {
  view: View;
  values: (view: View) => T;
  fields: readonly EditField<T>[];
  /** Leave it out where nothing may be kept in the browser (passwords). */
  draft_key?: string;
  send: (values: T, options: CommandOptions) => Promise<Answer>;
  touches?: readonly QueryKey[];
  check?: (form: Form<Draft<T>>) => boolean;
  onSaved: (answer: Answer) => void;
}): Edit<T> {
  const { view, values, fields, draft_key, send, touches = [], check, onSaved } = options;
  const command = useCommand(
    ({ body, version }: { body: T; version: number }, { headers }: CommandOptions) =>
      send(body, { headers: { ...headers, 'If-Match': `"${version}"` } }),
    { touches },
  );
  const refused = command.problem;
  const theirs =
    refused?.status === 412 && refused.current ? (refused.current as View & { version: number }) : undefined;
  const form = useForm<Draft<T>>({
    initial: { ...values(view), base_version: view.version },
    ...(draft_key ? { draft_key } : {}),
    problem: theirs ? undefined : refused,
  });

  const store = async (now: Draft<T>) => {
    const { base_version, ...body } = now;
    const answer = await command.run({ body: body as unknown as T, version: base_version });
    if (answer !== undefined) {
      form.reset();
      onSaved(answer);
    }
  };

  const takeTheirs = (current: View) => {
    const next: Draft<T> = { ...values(current), base_version: current.version };
    for (const name of Object.keys(next) as (keyof Draft<T> & string)[]) form.set(name, next[name] as never);
    command.clear();
  };

  return {
    form,
    save: async () => {
      if (check && !check(form)) return;
      await store(form.values);
    },
    busy: command.busy,
    problem: theirs ? undefined : refused,
    conflict: theirs && (
      <Conflict
        fields={fields}
        mine={form.values}
        theirs={values(theirs)}
        onTheirs={() => takeTheirs(theirs)}
        onMine={() => {
          form.set('base_version', theirs.version as Draft<T>['base_version']);
          void store({ ...form.values, base_version: theirs.version });
        }}
      />
    ),
  };
}

function words(value: unknown): string {
  if (value === null || value === undefined || value === '') return '—';
  if (Array.isArray(value)) return value.map(words).join(', ');
  if (typeof value === 'object') return Object.values(value).map(words).join(' / ');
  return String(value);
}

function Conflict<T extends object>(props: {
  fields: readonly EditField<T>[];
  mine: T;
  theirs: T;
  onTheirs: () => void;
  onMine: () => void;
}) {
  const t = useT();
  const { fields, mine, theirs, onTheirs, onMine } = props;
  const [seen] = useState(theirs);
  const box = useRef<HTMLElement>(null);
  // The form may be long: the choice must not appear out of sight.
  useEffect(() => box.current?.scrollIntoView({ block: 'nearest' }), []);
  const differing = fields.filter(({ name }) => JSON.stringify(mine[name]) !== JSON.stringify(seen[name]));
  const shown = (field: EditField<T>, value: unknown) => (field.show ? field.show(value as never) : words(value));
  return (
    <section ref={box} className="ad-conflict" role="alert">
      <h3>
        <Icon name="merge" /> {t('common.conflict.title')}
      </h3>
      <p>{t(differing.length > 0 ? 'common.conflict.differs' : 'common.conflict.same')}</p>
      {differing.length > 0 && (
        <div className="ad-scroll">
          <table className="ad-plain-table">
            <thead>
              <tr>
                <th scope="col">{t('common.conflict.field')}</th>
                <th scope="col">{t('common.conflict.theirs')}</th>
                <th scope="col">{t('common.conflict.mine')}</th>
              </tr>
            </thead>
            <tbody>
              {differing.map((field) => (
                <tr key={field.name}>
                  <th scope="row">{field.label}</th>
                  <td>{shown(field, seen[field.name])}</td>
                  <td>{shown(field, mine[field.name])}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <div className="ad-steps">
        <Button onClick={onTheirs}>{t('common.conflict.take_theirs')}</Button>
        <Button onClick={onMine}>{t('common.conflict.keep_mine')}</Button>
      </div>
    </section>
  );
}
