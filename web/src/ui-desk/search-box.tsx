/**
 * The search box of the top bar, which is the command palette too: Ctrl-K or / from anywhere. Screens and what can be done here are
 * there at once, by name or by the initials of their pinyin; records follow as soon as the server answers.
 */
import { useEffect, useId, useRef, useState } from 'react';
import { toProblem } from '../api/problem.ts';
import { useT } from '../i18n/index.ts';
import { Icon, type IconName } from '../ui/icon.tsx';
import { standsFor } from '../ui/initials.ts';
import { isTyping, useAllActions } from './actions.ts';

/** One thing found, and where it leads. */
export interface FoundItem {
  id: string;
  title: string;
  detail?: string;
  to: string;
  icon: IconName;
}

/** One line of the list. */
interface Item extends Omit<FoundItem, 'to'> {
  to?: string;
  run?: () => void;
  key?: string;
}

export function SearchBox(props: {
  find: (text: string, signal: AbortSignal) => Promise<FoundItem[]>;
  pages: readonly { key: string; label: string; to: string; icon: IconName }[];
  onGo: (to: string) => void;
}) {
  const { find, pages, onGo } = props;
  const t = useT();
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const latestFind = useRef(find);
  latestFind.current = find;
  const [text, setText] = useState('');
  const [found, setFound] = useState<readonly FoundItem[]>([]);
  const [problem, setProblem] = useState<string>();
  const [searched, setSearched] = useState('');
  const [open, setOpen] = useState(false);
  const [at, setAt] = useState(0);

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.isComposing) return;
      const palette = event.key.toLowerCase() === 'k' && (event.ctrlKey || event.metaKey);
      if (!palette && !(event.key === '/' && !isTyping(event.target))) return;
      event.preventDefault();
      input.current?.focus();
      input.current?.select();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, []);

  const wanted = text.trim();
  useEffect(() => {
    setProblem(undefined);
    if ([...wanted].length < 2) {
      setFound([]);
      setSearched('');
      return;
    }
    const stop = new AbortController();
    const timer = setTimeout(async () => {
      try {
        const items = await latestFind.current(wanted, stop.signal);
        if (stop.signal.aborted) return;
        setFound(items);
        setSearched(wanted);
      } catch (error) {
        if (!stop.signal.aborted) setProblem(toProblem(error).title);
      }
    }, 150);
    return () => {
      stop.abort();
      clearTimeout(timer);
    };
  }, [wanted]);

  const actions = useAllActions();
  const doing = actions
    .filter(({ label }) => standsFor(wanted, label))
    .map(
      ({ id: of, label, icon, key, run }): Item => ({
        id: `action-${of}`,
        title: label,
        icon: icon ?? 'right',
        run,
        ...(key ? { key } : {}),
      }),
    );
  const matching = pages
    .filter(({ label }) => standsFor(wanted, label))
    .map(({ key, label, to, icon }): Item => ({ id: `page-${key}`, title: label, to, icon }));
  // A word that was typed asks for a record first; an empty box for what can be done here.
  const items: readonly Item[] = wanted === '' ? [...doing, ...matching] : [...found, ...doing, ...matching];
  const chosen = items[Math.min(at, items.length - 1)];

  const go = (item: Item | undefined) => {
    if (!item) return;
    setOpen(false);
    setText('');
    input.current?.blur();
    if (item.run) item.run();
    else if (item.to) onGo(item.to);
  };

  return (
    <search className="ad-search">
      <Icon name="search" />
      <input
        ref={input}
        type="text"
        role="combobox"
        aria-label={t('shell.search')}
        aria-expanded={open}
        aria-controls={`${id}-list`}
        aria-activedescendant={open && chosen ? `${id}-${chosen.id}` : undefined}
        placeholder={t('shell.search.hint')}
        value={text}
        onFocus={() => setOpen(true)}
        onBlur={() => setOpen(false)}
        onChange={(event) => {
          setText(event.target.value);
          setOpen(true);
          setAt(0);
        }}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return;
          const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
          if (step !== undefined && items.length > 0) {
            event.preventDefault();
            setOpen(true);
            setAt((now) => (now + step + items.length) % items.length);
          } else if (event.key === 'Enter') go(chosen);
          else if (event.key === 'Escape') {
            setOpen(false);
            input.current?.blur();
          }
        }}
      />
      <kbd>Ctrl K</kbd>
      <div id={`${id}-list`} role="listbox" aria-label={t('shell.search')} className="ad-search-list" hidden={!open}>
        {items.map((item) => (
          <div
            key={item.id}
            id={`${id}-${item.id}`}
            role="option"
            tabIndex={-1}
            aria-selected={item === chosen}
            className="ad-search-item"
            onPointerDown={(event) => {
              // Keeps the focus in the box, so that blur does not close the list before the click counts.
              event.preventDefault();
              go(item);
            }}
          >
            <Icon name={item.icon} />
            <span>{item.title}</span>
            {item.detail && <span className="ac-second">{item.detail}</span>}
            {item.key && <kbd>{item.key.toUpperCase()}</kbd>}
          </div>
        ))}
        {problem && <p className="ac-field-error ad-search-note">{problem}</p>}
        {!problem && searched !== '' && searched === wanted && items.length === 0 && (
          <p className="ac-second ad-search-note">{t('shell.search.nothing', { text: wanted })}</p>
        )}
      </div>
    </search>
  );
}
