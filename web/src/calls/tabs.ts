/**
 * Reports being taken, as tabs of the intake: one for each call and one for whatever comes without. They stand in this
 * browser, each with its form's draft: a reload, a second call or a killed browser loses nothing.
 */
import { useSyncExternalStore } from 'react';
import { newCommandId } from '../api/command-id.ts';
import { clearDraft, draftPlace, onDraftOwner, readDraft, writeDraft } from '../ui/draft.ts';

/** One report being taken. */
export interface IntakeTab {
  key: string;
  /** The call's record, if the telephone system told of it. */
  call_id?: string;
  /** The telephone system's own name of the call. */
  exchange_id?: string;
  /** What the tab is called: the masked number, or the site once one is chosen. */
  label?: string;
  /** The report after saving, to be read aloud; kept so that a reload doesn't take it off the screen. */
  saved?: unknown;
}

export interface IntakeTabs {
  active: string;
  tabs: readonly IntakeTab[];
}

/** The tabs are drafts too: their labels and reports name customers. */
const tabsKey = 'intake-tabs';
/** The tab that is always there: reports without a call of the telephone system. */
export const mainTab = 'main';
const empty: IntakeTabs = { active: mainTab, tabs: [{ key: mainTab }] };

let state: IntakeTabs | undefined;
const listeners = new Set<() => void>();

/** What was kept, made whole: there is always a tab, and the active one exists. */
export function wholeTabs(kept: Partial<IntakeTabs> | null | undefined): IntakeTabs {
  const tabs = (Array.isArray(kept?.tabs) ? kept.tabs : []).filter((tab) => typeof tab?.key === 'string');
  if (tabs.length === 0) return empty;
  const active = tabs.some(({ key }) => key === kept?.active) ? kept?.active : tabs[0]?.key;
  return { tabs, active: active ?? mainTab };
}

function read(): IntakeTabs {
  state ??= wholeTabs(readDraft<Partial<IntakeTabs>>(tabsKey));
  return state;
}

function readAgain(): void {
  state = undefined;
  for (const listener of listeners) listener();
}

function write(next: IntakeTabs): void {
  state = next;
  writeDraft(tabsKey, next);
  for (const listener of listeners) listener();
}

onDraftOwner(readAgain);
if (typeof addEventListener === 'function') {
  addEventListener('storage', (event) => {
    if (event.key !== null && event.key === draftPlace(tabsKey)) readAgain();
  });
}

/** Where a tab's form keeps its draft. */
export function draftKeyOf(key: string): string {
  return key === mainTab ? 'intake' : `intake.${key}`;
}

/** The tab of a call, if it has one. */
export function tabOf(tabs: IntakeTabs, call_id: string, exchange_id?: string | null): IntakeTab | undefined {
  return tabs.tabs.find(
    (tab) =>
      tab.call_id === call_id || (exchange_id !== undefined && exchange_id !== null && tab.exchange_id === exchange_id),
  );
}

/** Adds the tab of a call, or completes the one it has; the first empty tab is taken. Pure. */
export function withCall(
  before: IntakeTabs,
  call: { call_id?: string; exchange_id?: string; label?: string },
  options: { key: string; front: boolean; isEmpty: (tab: IntakeTab) => boolean },
): IntakeTabs {
  const known = before.tabs.find(
    (tab) =>
      (call.call_id !== undefined && tab.call_id === call.call_id) ||
      (call.exchange_id !== undefined && tab.exchange_id === call.exchange_id),
  );
  if (known) {
    const tabs = before.tabs.map((tab) =>
      tab === known ? { ...tab, ...call, label: tab.label ?? call.label ?? '' } : tab,
    );
    return { tabs, active: options.front ? known.key : before.active };
  }
  const made: IntakeTab = { key: options.key, ...call };
  // A tab in which nothing was typed makes room, so that one call leaves one tab.
  const free = before.tabs.find((tab) => !tab.call_id && !tab.exchange_id && !tab.saved && options.isEmpty(tab));
  const tabs = free ? before.tabs.map((tab) => (tab === free ? made : tab)) : [...before.tabs, made];
  const front = options.front || free?.key === before.active;
  return { tabs, active: front ? made.key : before.active };
}

/** Takes a tab away; there is always one left. Pure. */
export function without(before: IntakeTabs, key: string): IntakeTabs {
  const at = before.tabs.findIndex((tab) => tab.key === key);
  const rest = before.tabs.filter((tab) => tab.key !== key);
  if (rest.length === 0) return empty;
  const next = rest[Math.min(at, rest.length - 1)]?.key ?? mainTab;
  return { tabs: rest, active: before.active === key ? next : before.active };
}

/** Whether nothing was typed into a tab's form. */
export function isEmptyTab(tab: IntakeTab): boolean {
  return readDraft(draftKeyOf(tab.key)) === undefined;
}

/** Opens the tab of a call; in front unless somebody is in the middle of another report. */
export function openCall(call: { call_id?: string; exchange_id?: string; label?: string }, front: boolean): void {
  write(withCall(read(), call, { key: newCommandId(), front, isEmpty: isEmptyTab }));
}

/** Opens an empty tab. */
export function openBlank(): void {
  const before = read();
  const key = before.tabs.some((tab) => tab.key === mainTab) ? newCommandId() : mainTab;
  write({ tabs: [...before.tabs, { key }], active: key });
}

export function activate(key: string): void {
  write({ ...read(), active: key });
}

/** Changes what is kept of a tab. */
export function changeTab(key: string, change: Partial<IntakeTab>): void {
  const before = read();
  write({ ...before, tabs: before.tabs.map((tab) => (tab.key === key ? { ...tab, ...change } : tab)) });
}

/** Takes a tab away with its draft. */
export function closeTab(key: string): void {
  clearDraft(draftKeyOf(key));
  write(without(read(), key));
}

/** The tabs as they stand. */
export function useIntakeTabs(): IntakeTabs {
  return useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, read);
}

/** The tabs as they stand, outside of a component. */
export const intakeTabs = read;
