/** Fields that several steps share. */
import { useQuery } from '@tanstack/react-query';
import { useT } from '../../i18n/index.ts';
import { useBoth } from '../../ui/both.ts';
import { Field, type InputProps } from '../../ui/form.tsx';
import { type Pick, RecordPicker } from '../../ui-desk/picker.tsx';
import { colleagues, faultsQuery, type Schemas, siteQuery } from '../requests.ts';

/** The skills that the catalogue of products knows. */
export const skills = ['barrier', 'access_control', 'turnstile', 'software', 'network'] as const;

/** Lines of a text, without empty ones. */
export const lines = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

/** A colleague by name or badge number. */
export function ColleagueField(props: {
  label: string;
  value: Pick | undefined;
  onPick: (pick: Pick | undefined) => void;
  error?: string | undefined;
  not?: string;
}) {
  const { label, value, onPick, error, not } = props;
  return (
    <Field label={label} required error={error}>
      {(input) => (
        <RecordPicker
          input={input}
          kind="employee"
          value={value}
          onPick={onPick}
          find={async (text) =>
            (await colleagues(text)).items
              .filter(({ id }) => id !== not)
              .map(({ id, name, badge_number }) => ({ id, label: name, detail: badge_number }))
          }
        />
      )}
    </Field>
  );
}

/** The class of a symptom, from the catalogue of faults; one from elsewhere stays as it is until another is chosen. */
export function SymptomClassField(props: {
  view: Schemas['CaseView'];
  value: string;
  onChange: (code: string) => void;
  error?: string | undefined;
}) {
  const t = useT();
  const both = useBoth();
  const { view, value, onChange, error } = props;
  const codes = useQuery(faultsQuery).data ?? [];
  const skill = view.asset?.skill;
  const fitting = codes.filter(
    ({ code, product_kind }) => code === value || !product_kind || !skill || product_kind === skill,
  );
  return (
    <Field label={t('cases.field.symptom_class')} hint={t('cases.field.symptom_class.hint')} error={error}>
      {(input) => (
        <select {...input} value={value} onChange={(event) => onChange(event.target.value)}>
          <option value="">{t('common.choose')}</option>
          {value !== '' && !fitting.some(({ code }) => code === value) && (
            <option value={value}>{value === view.symptom_class ? both(view.symptom_name) || value : value}</option>
          )}
          {fitting.map(({ code, name }) => (
            <option key={code} value={code}>
              {both(name)}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

/** A contact of the case's site, or of its customer. */
export function ContactSelect(props: {
  input: InputProps;
  site_id: string;
  value: string;
  onChange: (id: string) => void;
  known?: { id: string; name: string; phone_masked?: string | null } | null | undefined;
}) {
  const t = useT();
  const { input, site_id, value, onChange, known } = props;
  const contacts = useQuery(siteQuery(site_id)).data?.contacts ?? [];
  const all = known && !contacts.some(({ id }) => id === known.id) ? [known, ...contacts] : contacts;
  return (
    <select {...input} value={value} onChange={(event) => onChange(event.target.value)}>
      <option value="">{t('common.choose')}</option>
      {all.map(({ id, name, phone_masked }) => (
        <option key={id} value={id}>
          {[name, phone_masked].filter(Boolean).join(' · ')}
        </option>
      ))}
    </select>
  );
}
