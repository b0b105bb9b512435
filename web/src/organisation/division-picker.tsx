/** Province, city, county: three choices, the next one appears with the one before. */
import { useQuery } from '@tanstack/react-query';
import { useT } from '../i18n/index.ts';
import type { InputProps } from '../ui/form.tsx';
import { type Division, divisionsQuery } from './requests.ts';

interface Props {
  input: InputProps;
  /** A code of 2, 4 or 6 digits, as far as it is chosen. */
  value: string;
  /** Told with each step; a county's code has 6 digits. */
  onChange: (code: string, division: Division | undefined) => void;
}

export function DivisionPicker({ input, value, onChange }: Props) {
  const province = value.slice(0, 2);
  const city = value.length >= 4 ? value.slice(0, 4) : '';
  const county = value.length === 6 ? value : '';
  const below = (step: string) => ({ ...input, id: `${input.id}-${step}` });
  return (
    <div className="ad-row">
      <Step input={input} name="province" value={province} up="" onChange={onChange} />
      {province && (
        <Step input={below('city')} name="city" parent={province} value={city} up={province} onChange={onChange} />
      )}
      {city && (
        <Step input={below('county')} name="county" parent={city} value={county} up={city} onChange={onChange} />
      )}
    </div>
  );
}

/** `up` is what stays chosen when this step is emptied. */
function Step(props: Props & { name: 'province' | 'city' | 'county'; parent?: string; up: string }) {
  const t = useT();
  const { input, name, parent, value, up, onChange } = props;
  const { data = [], isPending } = useQuery(divisionsQuery(parent));
  return (
    <select
      {...input}
      aria-label={t(`organisation.division.${name}`)}
      aria-busy={isPending}
      value={value}
      onChange={(event) => {
        const code = event.target.value;
        onChange(
          code || up,
          data.find((each) => each.code === code),
        );
      }}
    >
      <option value="">{t(`organisation.division.${name}`)}</option>
      {value && !data.some(({ code }) => code === value) && <option value={value}>{value}</option>}
      {data.map(({ code, name: label }) => (
        <option key={code} value={code}>
          {label}
        </option>
      ))}
    </select>
  );
}
