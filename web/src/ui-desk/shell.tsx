/** The frame of the desk: rail on the left, search and the person on top, the screen in the middle. Knows no domain. */
import { Link } from '@tanstack/react-router';
import { Dropdown } from 'antd';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { type Language, languages, setLanguage, useLanguage, useT } from '../i18n/index.ts';
import { Icon, type IconName } from '../ui/icon.tsx';
import { setTheme, useTheme } from '../ui/theme.ts';
import { type FoundItem, SearchBox } from './search-box.tsx';

/** One place of the rail. */
export interface RailItem {
  key: string;
  label: string;
  icon: IconName;
  to: string;
}

const languageNames: Record<Language, string> = { 'zh-CN': '\u4e2d\u6587', en: 'English' };

/** How many places a phone's bottom bar holds; with more, the last one opens the rest. */
const shown = 5;

/** The places that a narrow screen's bar has no room for, as a sheet above it. */
function More({ rail, current }: { rail: readonly RailItem[]; current: string | undefined }) {
  const t = useT();
  const [open, setOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!open) return;
    const onDown = (event: Event) => {
      if (!box.current?.contains(event.target as Node)) setOpen(false);
    };
    const onKey = (event: KeyboardEvent) => event.key === 'Escape' && setOpen(false);
    addEventListener('pointerdown', onDown);
    addEventListener('keydown', onKey);
    return () => {
      removeEventListener('pointerdown', onDown);
      removeEventListener('keydown', onKey);
    };
  }, [open]);
  return (
    <div ref={box} className="ad-rail-more">
      <button
        type="button"
        className="ad-rail-item"
        aria-expanded={open}
        aria-current={rail.some(({ key }) => key === current) ? 'page' : undefined}
        onClick={() => setOpen(!open)}
      >
        <Icon name="more" size={20} />
        <span>{t('shell.rail.more')}</span>
      </button>
      {open && (
        <div className="ad-rail-sheet">
          {rail.map(({ key, label, icon, to }) => (
            <Link
              key={key}
              to={to}
              className="ad-rail-item"
              aria-current={key === current ? 'page' : undefined}
              onClick={() => setOpen(false)}
            >
              <Icon name={icon} size={20} />
              <span>{label}</span>
            </Link>
          ))}
        </div>
      )}
    </div>
  );
}

export function Shell(props: {
  rail: readonly RailItem[];
  current: string | undefined;
  person: { name: string; detail: string };
  demo: boolean;
  /** Service hours, presence, notices: whatever stands at the right of the search box. */
  badge?: ReactNode;
  connection: 'live' | 'connecting' | 'offline';
  onSignOut: () => void;
  onGo: (to: string) => void;
  find: (text: string, signal: AbortSignal) => Promise<FoundItem[]>;
  children: ReactNode;
}) {
  const t = useT();
  const language = useLanguage();
  const theme = useTheme();
  const { rail, current, person, demo, badge, connection, onSignOut, onGo, find, children } = props;

  const menu = {
    selectable: true,
    selectedKeys: [`language:${language}`, `theme:${theme}`],
    items: [
      { key: 'who', type: 'group' as const, label: person.detail },
      {
        key: 'language',
        type: 'group' as const,
        label: t('common.language'),
        children: languages.map((each) => ({ key: `language:${each}`, label: languageNames[each] })),
      },
      {
        key: 'theme',
        type: 'group' as const,
        label: t('common.theme'),
        children: (['system', 'light', 'dark'] as const).map((each) => ({
          key: `theme:${each}`,
          label: t(`common.theme.${each}`),
        })),
      },
      { type: 'divider' as const },
      { key: 'account', label: t('shell.my_account') },
      { key: 'leave', label: t('shell.sign_out') },
    ],
    onClick: ({ key }: { key: string }) => {
      const language = languages.find((each) => key === `language:${each}`);
      const chosen = (['system', 'light', 'dark'] as const).find((each) => key === `theme:${each}`);
      if (language) void setLanguage(language);
      else if (chosen) setTheme(chosen);
      else if (key === 'account') onGo('/settings/me');
      else if (key === 'leave') onSignOut();
    },
  };

  return (
    <div className="ad-shell">
      <a className="ac-skip" href="#screen">
        {t('shell.skip')}
      </a>
      <nav className="ad-rail" aria-label={t('shell.rail')} data-more={rail.length > shown}>
        <img src="/icon.svg" alt={t('common.product')} width={28} height={28} className="ad-rail-mark" />
        {rail.map(({ key, label, icon, to }) => (
          <Link key={key} to={to} className="ad-rail-item" aria-current={key === current ? 'page' : undefined}>
            <Icon name={icon} size={20} />
            <span>{label}</span>
          </Link>
        ))}
        {rail.length > shown && <More rail={rail.slice(shown - 1)} current={current} />}
      </nav>
      <header className="ad-top">
        <SearchBox find={find} pages={rail} onGo={onGo} />
        {demo && <span className="ad-demo">{t('shell.demo')}</span>}
        {connection !== 'live' && (
          <span className="ad-connection" role="status">
            <Icon name={connection === 'offline' ? 'offline' : 'again'} size={14} />{' '}
            {t(`shell.connection.${connection}`)}
          </span>
        )}
        <div className="ad-top-right">
          {badge}
          <Dropdown menu={menu} trigger={['click']} placement="bottomRight">
            <button type="button" className="ad-person" aria-haspopup="menu">
              <Icon name="person" size={18} />
              <span>{person.name}</span>
              <Icon name="down" size={12} />
            </button>
          </Dropdown>
        </div>
      </header>
      <main id="screen" className="ad-screen" tabIndex={-1}>
        {children}
      </main>
    </div>
  );
}
