/** Why it had failed, of the catalogue: the first nine by their digit, which goes on to the next field at once. */
import { useId } from 'react';
import { useT } from '../../i18n/index.ts';
import { useBoth } from '../../ui/both.ts';
import { Icon } from '../../ui/icon.tsx';
import { Query } from '../../ui/states.tsx';
import type { Schemas } from '../requests.ts';

type Causes = readonly Schemas['FaultCodeView'][];

interface Choosing {
  value: string;
  onChange: (code: string) => void;
  error?: string | undefined;
}

/** While the catalogue can't be read that is said, with a retry; where it holds none, none is asked for. */
export function CauseField({ of, ...choosing }: Choosing & { of: Parameters<typeof Query<Causes>>[0]['of'] }) {
  return (
    <Query of={of} shape="form">
      {(causes) => causes.length > 0 && <Causes causes={causes} {...choosing} />}
    </Query>
  );
}

function Causes(props: Choosing & { causes: Causes }) {
  const t = useT();
  const both = useBoth();
  const id = useId();
  const { causes, value, onChange, error } = props;
  return (
    <fieldset
      className="ad-causes"
      aria-describedby={error ? `${id}-error` : `${id}-hint`}
      onKeyDown={(event) => {
        const chosen = /^[1-9]$/.test(event.key) ? causes[Number(event.key) - 1] : undefined;
        if (!chosen || event.nativeEvent.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
        event.preventDefault();
        onChange(chosen.code);
        const fields = [...(event.currentTarget.closest('form')?.querySelectorAll<HTMLElement>('textarea') ?? [])];
        fields.find((field) => event.currentTarget.compareDocumentPosition(field) & 4)?.focus();
      }}
    >
      <legend>{t('cases.field.cause')}</legend>
      <div className="ad-cause-list">
        {causes.map((cause, index) => (
          <label key={cause.code} className="ad-cause" data-chosen={value === cause.code}>
            <input
              type="radio"
              name={id}
              value={cause.code}
              checked={value === cause.code}
              aria-invalid={error !== undefined}
              onChange={() => onChange(cause.code)}
              {...(index < 9 ? { 'aria-keyshortcuts': String(index + 1) } : {})}
            />
            {index < 9 && <kbd>{index + 1}</kbd>} {both(cause.name)}
          </label>
        ))}
      </div>
      {error ? (
        <p id={`${id}-error`} className="ac-field-error">
          <Icon name="warning" size={14} /> {error}
        </p>
      ) : (
        <p id={`${id}-hint`} className="ac-hint">
          {t('cases.field.cause.hint')}
        </p>
      )}
    </fieldset>
  );
}
