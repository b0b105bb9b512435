/** The theme of this device: follows the system until the person fixes it. `sunlight` is offered by the engineer's app only. */
import { useSyncExternalStore } from 'react';

export const themes = ['system', 'light', 'dark', 'sunlight'] as const;
export type Theme = (typeof themes)[number];

const storageKey = 'aftercare.theme';
const listeners = new Set<() => void>();
const systemIsDark = globalThis.matchMedia?.('(prefers-color-scheme: dark)');

function read(): Theme {
  try {
    const value = localStorage.getItem(storageKey) as Theme | null;
    return value && themes.includes(value) ? value : 'system';
  } catch {
    return 'system';
  }
}

let theme: Theme = read();

function apply() {
  if (theme === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  for (const listener of listeners) listener();
}

apply();
systemIsDark?.addEventListener('change', apply);

/** Fixes the theme, or follows the system again. */
export function setTheme(next: Theme): void {
  theme = next;
  try {
    localStorage.setItem(storageKey, next);
  } catch {
    // Private windows may refuse storage; the choice then lasts as long as the page.
  }
  apply();
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The chosen theme. */
export function useTheme(): Theme {
  return useSyncExternalStore(subscribe, () => theme);
}

/** Which set of colours is on screen now. */
export function usePaletteName(): 'light' | 'dark' | 'sunlight' {
  return useSyncExternalStore(subscribe, () =>
    theme === 'system' ? (systemIsDark?.matches ? 'dark' : 'light') : theme,
  );
}
