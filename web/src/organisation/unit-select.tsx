/** Chooses a unit; closed ones are left out unless chosen. */
import { useT } from '../i18n/index.ts';
import { useBoth } from '../ui/both.ts';
import type { InputProps } from '../ui/form.tsx';
import { useUnits } from './requests.ts';

export function UnitSelect(props: {
  input: InputProps;
  value: string | null | undefined;
  onChange: (id: string | null) => void;
  /** What no choice means; leave out where one is required. */
  none?: string;
}) {
  const t = useT();
  const both = useBoth();
  const units = useUnits();
  const { input, value, onChange, none } = props;
  const shown = units.filter(({ id, active }) => active || id === value);
  return (
    <select {...input} value={value ?? ''} onChange={(event) => onChange(event.target.value || null)}>
      <option value="">{none ?? t('common.choose')}</option>
      {shown.map(({ id, name }) => (
        <option key={id} value={id}>
          {both(name)}
        </option>
      ))}
    </select>
  );
}
