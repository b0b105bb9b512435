/** Short messages about what just happened: read out by screen readers, shown for a few seconds at the bottom. */
import { useSyncExternalStore } from 'react';
import { Icon } from './icon.tsx';

interface Message {
  id: number;
  text: string;
  tone: 'done' | 'info' | 'error';
}

let messages: readonly Message[] = [];
let next = 1;
const listeners = new Set<() => void>();

function put(now: readonly Message[]) {
  messages = now;
  for (const listener of listeners) listener();
}

/** Says a sentence. Errors that need an action belong at the field or in an ErrorState, not here. */
export function announce(text: string, tone: Message['tone'] = 'done'): void {
  const id = next++;
  put([...messages.slice(-2), { id, text, tone }]);
  setTimeout(() => put(messages.filter((message) => message.id !== id)), tone === 'error' ? 10_000 : 5000);
}

/** Where the sentences appear; once per app. */
export function Announcer() {
  const shown = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => messages,
  );
  return (
    <div className="ac-announcer" role="status" aria-live="polite">
      {shown.map(({ id, text, tone }) => (
        <p key={id} className={`ac-message ac-message-${tone}`}>
          <Icon name={tone === 'done' ? 'check' : tone === 'error' ? 'warning' : 'note'} /> {text}
        </p>
      ))}
    </div>
  );
}
