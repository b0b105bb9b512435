/** Picks a record by typing: asks the server after a pause, arrow keys choose. */
import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useDeferredValue, useState } from 'react';
import { toProblem } from '../api/problem.ts';
import { useT } from '../i18n/index.ts';
import type { InputProps } from '../ui/form.tsx';
import { usePause } from './pause.ts';

/** One record to choose. */
export interface Pick {
  id: string;
  label: string;
  detail?: string;
}

/** `find` is asked with what was typed (also nothing). The chosen record's label comes along, so that it needs no read. */
export function RecordPicker(props: {
  input: InputProps;
  /** Names the kind of record for the cache: `customer`. */
  kind: string;
  value: Pick | undefined;
  find: (text: string) => Promise<Pick[]>;
  onPick: (pick: Pick | undefined) => void;
  placeholder?: string;
  disabled?: boolean;
}) {
  const t = useT();
  const { input, kind, value, find, onPick, placeholder, disabled = false } = props;
  const [typed, setTyped] = useState('');
  const wanted = usePause(useDeferredValue(typed.trim()));
  const [open, setOpen] = useState(false);
  const query = useQuery({
    queryKey: [kind, 'pick', wanted],
    queryFn: () => find(wanted),
    enabled: open,
    placeholderData: (before) => before,
  });
  const found = query.data ?? [];
  const known = value && !found.some(({ id }) => id === value.id) && typed === '' ? [value, ...found] : found;
  return (
    <Select
      id={input.id}
      aria-describedby={input['aria-describedby']}
      aria-invalid={input['aria-invalid']}
      status={input['aria-invalid'] ? 'error' : ''}
      className="ad-picker"
      showSearch={{ filterOption: false, onSearch: setTyped }}
      allowClear={!input.required}
      disabled={disabled}
      value={value?.id ?? null}
      placeholder={placeholder ?? t('common.pick.hint')}
      loading={query.isFetching}
      open={open}
      onOpenChange={(next) => {
        setOpen(next);
        if (!next) setTyped('');
      }}
      notFoundContent={
        query.error ? toProblem(query.error).title : query.isFetching ? t('common.loading') : t('common.pick.nothing')
      }
      options={known.map(({ id, label, detail }) => ({ value: id, label, detail }))}
      optionRender={({ label, data }) => (
        <span>
          {label} {data.detail && <span className="ac-second">{data.detail}</span>}
        </span>
      )}
      onChange={(id: string | null | undefined) => onPick(known.find((each) => each.id === id))}
    />
  );
}
