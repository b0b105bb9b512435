/** Filters above a list: a search box that waits for a pause, and a choice among few. */
import { useEffect, useRef, useState } from 'react';
import './detail.css';

export function SearchFilter(props: { label: string; value: string; onChange: (value: string) => void }) {
  const { label, value, onChange } = props;
  const [typed, setTyped] = useState(value);
  const report = useRef(onChange);
  report.current = onChange;
  const sent = useRef(value);

  // The address may change by itself (back, a chip taken away).
  useEffect(() => {
    if (value !== sent.current) {
      sent.current = value;
      setTyped(value);
    }
  }, [value]);

  useEffect(() => {
    const next = typed.trim();
    if (next === sent.current) return;
    const timer = setTimeout(() => {
      sent.current = next;
      report.current(next);
    }, 250);
    return () => clearTimeout(timer);
  }, [typed]);

  return (
    <input
      type="search"
      className="ac-input ad-filter"
      aria-label={label}
      placeholder={label}
      value={typed}
      maxLength={100}
      onChange={(event) => setTyped(event.target.value)}
    />
  );
}

export function Filter(props: {
  label: string;
  value: string;
  options: readonly { value: string; label: string }[];
  onChange: (value: string) => void;
}) {
  const { label, value, options, onChange } = props;
  return (
    <select
      className="ac-input ad-filter"
      aria-label={label}
      value={value}
      onChange={(event) => onChange(event.target.value)}
    >
      <option value="">{label}</option>
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </select>
  );
}
