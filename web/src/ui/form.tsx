/**
 * Forms: labels above, one column, errors at the field in words, nothing typed is lost.
 *
 * `useForm` holds the values, keeps a draft in this browser and places the server's refusals at their fields by JSON
 * pointer. `Field` names an input and tells assistive technology about its hint and error.
 */
import { type ReactNode, useCallback, useEffect, useId, useMemo, useRef, useState } from 'react';
import type { FieldError, Problem } from '../api/problem.ts';
import { useT } from '../i18n/index.ts';
import { clearDraft, readDraft, writeDraft } from './draft.ts';
import { Icon } from './icon.tsx';

/** The values of a form, their errors, and the draft behind them. */
export interface Form<T extends object> {
  values: T;
  /** Changes one value; the error at that field is taken away. */
  set: <K extends keyof T>(name: K, value: T[K]) => void;
  /** Props of a text input for a string value: value, onChange, name. */
  text: (name: keyof T & string) => {
    name: string;
    value: string;
    onChange: (event: { target: { value: string } }) => void;
  };
  /** The error at a JSON pointer (`/symptom`), in words. */
  errorAt: (pointer: string) => string | undefined;
  /** Errors that belong to no field on the screen, to be shown above the buttons. */
  setErrors: (errors: readonly FieldError[]) => void;
  errors: readonly FieldError[];
  dirty: boolean;
  /** True when the values came from a draft kept earlier. */
  restored: boolean;
  /** Forgets the draft and goes back to the initial values; call it after the command succeeded. */
  reset: () => void;
  /** As `reset` once `sent` is on its way; what was typed since then stays. */
  spend: (sent: T) => void;
  /** Puts back what was sent and refused, unless something else was typed since: then it is false. */
  giveBack: (sent: T) => boolean;
}

/**
 * State of a form. `draft_key` names the draft in this browser (`cases.report`); leave it out where nothing may be kept
 * (passwords). `problem` is the refusal of the last command, whose field errors are taken over.
 */
export function useForm<T extends object>(options: {
  initial: T;
  draft_key?: string;
  problem?: Problem | undefined;
}): Form<T> {
  const { draft_key, problem } = options;
  const [initial] = useState(options.initial);
  const [kept] = useState(() => (draft_key ? readDraft<Partial<T>>(draft_key) : undefined));
  const [values, setValues] = useState<T>(() => ({ ...initial, ...kept }));
  const [errors, setErrors] = useState<readonly FieldError[]>([]);
  const [restored, setRestored] = useState(kept !== undefined);
  const dirty = useMemo(() => JSON.stringify(values) !== JSON.stringify(initial), [values, initial]);

  // Written at once: a timer could lose the last words, and a draft is small. Not on reset, whose values are the initial ones.
  useEffect(() => {
    if (!draft_key) return;
    if (dirty) writeDraft(draft_key, values);
    else clearDraft(draft_key);
  }, [draft_key, dirty, values]);

  useEffect(() => setErrors(problem?.errors ?? []), [problem]);

  // Focus goes to the first field that was refused, unless somebody types in another form by then.
  useEffect(() => {
    if (errors.length === 0) return;
    const refused = document.querySelector<HTMLInputElement>('[aria-invalid="true"]');
    const typing = document.activeElement?.closest('input:not([type=checkbox],[type=radio]),textarea,select');
    if (!typing || typing.closest('form') === refused?.closest('form')) refused?.focus();
  }, [errors]);

  const set = useCallback<Form<T>['set']>((name, value) => {
    setValues((now) => ({ ...now, [name]: value }));
    setErrors((now) =>
      now.some((e) => matches(e.pointer, `/${String(name)}`))
        ? now.filter((e) => !matches(e.pointer, `/${String(name)}`))
        : now,
    );
  }, []);

  const latest = useRef(values);
  latest.current = values;

  return {
    values,
    set,
    text: (name) => ({
      name,
      value: String(values[name] ?? ''),
      onChange: (event) => set(name, event.target.value as T[typeof name]),
    }),
    errorAt: (pointer) => errors.find((error) => matches(error.pointer, pointer))?.detail,
    errors,
    setErrors,
    dirty,
    restored,
    reset: () => {
      setValues(initial);
      setErrors([]);
      setRestored(false);
      if (draft_key) clearDraft(draft_key);
    },
    spend: (sent) => {
      const now = latest.current;
      const left = { ...initial };
      for (const key of Object.keys(now) as (keyof T)[]) if (!Object.is(now[key], sent[key])) left[key] = now[key];
      setValues(left);
      setErrors([]);
      setRestored(false);
      // At once: the form may be closed in the same moment.
      if (draft_key && JSON.stringify(left) === JSON.stringify(initial)) clearDraft(draft_key);
    },
    giveBack: (sent) => {
      if (JSON.stringify(latest.current) !== JSON.stringify(initial)) return false;
      setValues(sent);
      return true;
    },
  };
}

/** An error at `/contact/phone` belongs to the field `/contact` too, where that is drawn as one. */
function matches(at: string, pointer: string): boolean {
  return at === pointer || at.startsWith(`${pointer}/`);
}

/** What an input inside a `Field` must carry. */
export interface InputProps {
  id: string;
  required: boolean;
  'aria-describedby': string | undefined;
  'aria-invalid': boolean;
}

/** A labelled input: `<Field label={t('…')} error={form.errorAt('/symptom')}>{(input) => <input {...input} />}</Field>` */
export function Field(props: {
  label: string;
  hint?: ReactNode;
  error?: string | undefined;
  required?: boolean;
  children: (input: InputProps) => ReactNode;
}) {
  const { label, hint, error, required = false, children } = props;
  const t = useT();
  const id = useId();
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ') || undefined;
  return (
    <div className="ac-field">
      <label htmlFor={id}>
        {label}
        {!required && <span className="ac-optional"> {t('common.optional')}</span>}
      </label>
      {children({ id, required, 'aria-describedby': described, 'aria-invalid': error !== undefined })}
      {error && (
        <p id={`${id}-error`} className="ac-field-error">
          <Icon name="warning" size={14} /> {error}
        </p>
      )}
      {hint && (
        <p id={`${id}-hint`} className="ac-hint">
          {hint}
        </p>
      )}
    </div>
  );
}

/** A choice among few, all visible; arrow keys move in it. Each choice may explain itself. */
export function Choice<V extends string>(props: {
  label: string;
  name?: string;
  value: V | undefined;
  options: readonly { value: V; label: string; hint?: string }[];
  onChange: (value: V) => void;
  error?: string | undefined;
}) {
  const { label, value, options, onChange, error } = props;
  const id = useId();
  return (
    <fieldset className="ac-choice" aria-describedby={error ? `${id}-error` : undefined}>
      <legend>{label}</legend>
      {options.map((option) => (
        <label key={option.value} className="ac-choice-option" data-chosen={option.value === value}>
          <input
            type="radio"
            name={props.name ?? id}
            value={option.value}
            checked={option.value === value}
            onChange={() => onChange(option.value)}
            aria-invalid={error !== undefined}
          />
          <span>
            {option.label}
            {option.hint && <span className="ac-hint">{option.hint}</span>}
          </span>
        </label>
      ))}
      {error && (
        <p id={`${id}-error`} className="ac-field-error">
          <Icon name="warning" size={14} /> {error}
        </p>
      )}
    </fieldset>
  );
}

/** Calls `save` on Ctrl-Enter or Cmd-Enter anywhere inside of the element, except while an input method is composing. */
export function useSaveKey(save: () => void) {
  const latest = useRef(save);
  latest.current = save;
  return useCallback(
    (event: {
      key: string;
      ctrlKey: boolean;
      metaKey: boolean;
      nativeEvent: { isComposing?: boolean };
      preventDefault: () => void;
    }) => {
      if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.nativeEvent.isComposing) return;
      event.preventDefault();
      latest.current();
    },
    [],
  );
}
