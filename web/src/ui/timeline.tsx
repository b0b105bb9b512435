/** The one stream of a record: calls, notes, messages, status, stamps, money; newest at the bottom with the composer there. */
import { type ReactNode, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useT } from '../i18n/index.ts';
import type { Instant } from './format.ts';
import { Icon, type IconName } from './icon.tsx';
import { DateTime } from './values.tsx';

/** One entry, already in words. `group` is what the filter chips choose by. */
export interface TimelineEntry {
  id: string;
  group: string;
  icon: IconName;
  who: string;
  at: Instant;
  /** The device's time, shown when it differs by more than 2 minutes. */
  device_at?: Instant | null;
  title: ReactNode;
  body?: ReactNode;
  /** `internal`: a note the customer never sees; `customer`: said by or to the customer. */
  tint?: 'internal' | 'customer';
}

/** `groups` are the filter chips, in order, in words. */
export function Timeline(props: {
  entries: readonly TimelineEntry[];
  groups?: readonly { key: string; label: string }[];
  composer?: ReactNode;
  zone?: string;
  onOlder?: (() => void) | undefined;
  loadingOlder?: boolean;
}) {
  const t = useT();
  const { entries, groups = [], composer, zone, onOlder, loadingOlder = false } = props;
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const list = useRef<HTMLOListElement>(null);
  const atEnd = useRef(true);
  const shown = useMemo(
    () => (chosen.length === 0 ? entries : entries.filter((entry) => chosen.includes(entry.group))),
    [entries, chosen],
  );

  // New entries are followed only by those who read at the end; nobody is torn away from what they read above.
  // biome-ignore lint/correctness/useExhaustiveDependencies: it runs when the entries change, and reads only the element
  useLayoutEffect(() => {
    const element = list.current;
    if (element && atEnd.current) element.scrollTop = element.scrollHeight;
  }, [shown]);

  const toggle = (key: string) =>
    setChosen((now) => (now.includes(key) ? now.filter((each) => each !== key) : [...now, key]));

  return (
    <section className="ac-timeline" aria-label={t('common.timeline.title')}>
      {groups.length > 1 && (
        <div className="ac-chips">
          {groups.map(({ key, label }) => (
            <button
              key={key}
              type="button"
              className="ac-chip"
              aria-pressed={chosen.includes(key)}
              onClick={() => toggle(key)}
            >
              {label}
            </button>
          ))}
        </div>
      )}
      <ol
        ref={list}
        tabIndex={0}
        className="ac-timeline-list"
        onScroll={({ currentTarget: element }) => {
          atEnd.current = element.scrollHeight - element.scrollTop - element.clientHeight < 40;
        }}
      >
        {onOlder && (
          <li className="ac-timeline-older">
            <button type="button" className="ac-link" onClick={onOlder} disabled={loadingOlder}>
              {t(loadingOlder ? 'common.loading' : 'common.timeline.older')}
            </button>
          </li>
        )}
        {shown.map((entry) => (
          <li key={entry.id} className="ac-entry" data-tint={entry.tint} data-group={entry.group}>
            <span className="ac-entry-icon">
              <Icon name={entry.icon} size={14} />
            </span>
            <div>
              <p className="ac-entry-head">
                <b>{entry.who}</b> <span>{entry.title}</span>{' '}
                <span className="ac-second">
                  <DateTime at={entry.at} device_at={entry.device_at ?? null} zone={zone} />
                </span>
                {entry.tint === 'internal' && <span className="ac-entry-tag">{t('common.timeline.internal')}</span>}
              </p>
              {entry.body && <div className="ac-entry-body">{entry.body}</div>}
            </div>
          </li>
        ))}
        {shown.length === 0 && <li className="ac-second ac-timeline-older">{t('common.timeline.empty')}</li>}
      </ol>
      {composer && <div className="ac-timeline-composer">{composer}</div>}
    </section>
  );
}
