/**
 * What can be done where the person is: screens put their actions on the desk while they are drawn. The command palette offers them,
 * and those with a key are run by it. Keys of one letter can be turned off (WCAG 2.1.4).
 */
import { useEffect, useRef, useSyncExternalStore } from 'react';
import type { IconName } from '../ui/icon.tsx';

export interface DeskAction {
  id: string;
  label: string;
  icon?: IconName;
  /** One letter, in lower case. */
  key?: string;
  run: () => void;
}

let layers: readonly { readonly owner: symbol; readonly actions: readonly DeskAction[] }[] = [];
let all: readonly DeskAction[] = [];
const listeners = new Set<() => void>();

function publish(next: typeof layers): void {
  layers = next;
  // The screen drawn last speaks first: its keys go before those of the frame.
  all = [...layers].reverse().flatMap(({ actions }) => actions);
  for (const listener of listeners) listener();
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** Puts actions on the desk as long as the component is drawn; what they run is always the newest. */
export function useActions(actions: readonly DeskAction[]): void {
  const latest = useRef(actions);
  latest.current = actions;
  const owner = useRef(Symbol('actions'));
  const shape = JSON.stringify(actions.map(({ id, label, key, icon }) => [id, label, key, icon]));
  useEffect(() => {
    const me = owner.current;
    const mine = (JSON.parse(shape) as [string, string, string | null, IconName | null][]).map(
      ([id, label, key, icon]): DeskAction => ({
        id,
        label,
        ...(key ? { key } : {}),
        ...(icon ? { icon } : {}),
        run: () => latest.current.find((each) => each.id === id)?.run(),
      }),
    );
    publish([...layers.filter((layer) => layer.owner !== me), { owner: me, actions: mine }]);
    return () => publish(layers.filter((layer) => layer.owner !== me));
  }, [shape]);
}

/** Every action of the moment, those of the screen before those of the frame. */
export const useAllActions = (): readonly DeskAction[] => useSyncExternalStore(subscribe, () => all);
export const allActions = (): readonly DeskAction[] => all;

const offKey = 'aftercare.single-keys-off';
let off: boolean | undefined;

/** Whether keys of one letter are turned on in this browser. */
export function singleKeysOn(): boolean {
  if (off === undefined) {
    try {
      off = localStorage.getItem(offKey) === 'yes';
    } catch {
      off = false;
    }
  }
  return !off;
}

export function setSingleKeys(on: boolean): void {
  off = !on;
  try {
    if (on) localStorage.removeItem(offKey);
    else localStorage.setItem(offKey, 'yes');
  } catch {
    // A browser that refuses storage keeps the choice until it is closed.
  }
  for (const listener of listeners) listener();
}

export const useSingleKeys = (): boolean => useSyncExternalStore(subscribe, singleKeysOn);

/** What a key press is, as far as shortcuts go. */
export interface KeyPress {
  key: string;
  isComposing: boolean;
  keyCode: number;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  defaultPrevented: boolean;
}

/**
 * Whether a key press may be a shortcut of one character: never while an input method composes (keyCode 229 says so where
 * `isComposing` comes too late), never with Ctrl, Alt or Meta, never inside of something that takes text. Pure.
 */
export function isShortcut(press: KeyPress, typing: boolean): boolean {
  return (
    !typing &&
    !press.isComposing &&
    press.keyCode !== 229 &&
    !press.ctrlKey &&
    !press.metaKey &&
    !press.altKey &&
    !press.defaultPrevented &&
    [...press.key].length === 1
  );
}

/** Whether a key press belongs to something that takes text, or to a list that is open. */
export function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable ||
      /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) ||
      target.closest('[role="menu"], [role="listbox"]') !== null)
  );
}
