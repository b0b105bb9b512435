/** Several choices among few, all visible. */
import { useId } from 'react';
import { Icon } from '../ui/icon.tsx';
import './detail.css';

export function Checks<V extends string>(props: {
  legend: string;
  options: readonly { value: V; label: string; title?: string }[];
  value: readonly V[];
  onChange: (value: V[]) => void;
  error?: string | undefined;
}) {
  const { legend, options, value, onChange, error } = props;
  const id = useId();
  return (
    <fieldset className="ad-checks" aria-describedby={error ? `${id}-error` : undefined}>
      <legend>{legend}</legend>
      {options.map((option) => (
        <label key={option.value} title={option.title}>
          <input
            type="checkbox"
            checked={value.includes(option.value)}
            aria-invalid={error !== undefined}
            onChange={(event) =>
              onChange(
                options
                  .map((each) => each.value)
                  .filter((each) => (each === option.value ? event.target.checked : value.includes(each))),
              )
            }
          />
          {option.label}
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
