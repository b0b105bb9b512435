/** Runs actions by their key, and shows the list of keys at `?`. */
import { useEffect, useState } from 'react';
import { useT } from '../i18n/index.ts';
import {
  allActions,
  isShortcut,
  isTyping,
  setSingleKeys,
  singleKeysOn,
  useAllActions,
  useSingleKeys,
} from './actions.ts';
import { Dialog } from './dialog.tsx';

export function Shortcuts() {
  const [open, setOpen] = useState(false);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (
        !isShortcut(event, isTyping(event.target)) ||
        document.querySelector('.ad-dialog, .ant-modal-wrap:not([style*="none"])')
      ) {
        return;
      }
      if (event.key === '?') {
        event.preventDefault();
        setOpen(true);
        return;
      }
      if (!singleKeysOn()) return;
      const action = allActions().find(({ key }) => key === event.key.toLowerCase());
      if (!action) return;
      event.preventDefault();
      action.run();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, []);
  return open ? <Keys onClose={() => setOpen(false)} /> : null;
}

function Keys({ onClose }: { onClose: () => void }) {
  const t = useT();
  const on = useSingleKeys();
  const seen = new Set<string>();
  const actions = useAllActions().filter(({ key }) => {
    if (!key || seen.has(key)) return false;
    seen.add(key);
    return true;
  });
  const always = [
    ['Ctrl K', t('shell.keys.search')],
    ['/', t('shell.keys.search')],
    ['?', t('shell.keys.list')],
    ['Ctrl Enter', t('shell.keys.save')],
    ['↑ ↓ Enter', t('shell.keys.rows')],
    ['Esc', t('shell.keys.close')],
  ] as const;
  return (
    <Dialog title={t('shell.keys.title')} onClose={onClose}>
      <dl className="ad-keys">
        {actions.map(({ id, key, label }) => (
          <div key={id} data-off={!on}>
            <dt>
              <kbd>{key?.toUpperCase()}</kbd>
            </dt>
            <dd>{label}</dd>
          </div>
        ))}
        {always.map(([keys, words]) => (
          <div key={keys}>
            <dt>
              <kbd>{keys}</kbd>
            </dt>
            <dd>{words}</dd>
          </div>
        ))}
      </dl>
      <label className="ad-check">
        <input type="checkbox" checked={on} onChange={(event) => setSingleKeys(event.target.checked)} />{' '}
        {t('shell.keys.single')}
      </label>
      <p className="ac-hint">{t('shell.keys.single.hint')}</p>
    </Dialog>
  );
}
