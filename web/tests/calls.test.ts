import { beforeEach, expect, test } from 'vitest';
import { type IntakeTabs, mainTab, tabOf, wholeTabs, withCall, without } from '../src/calls/tabs.ts';

const start: IntakeTabs = { active: mainTab, tabs: [{ key: mainTab }] };
const call = { call_id: 'c1', exchange_id: 'pbx-1', label: '138****1234' };
const empty = () => true;
const typed = () => false;

beforeEach(() => localStorage.clear());

test('p1_the_first_call_takes_the_empty_form_and_the_second_gets_one_of_its_own', () => {
  const one = withCall(start, call, { key: 'a', front: true, isEmpty: empty });
  expect(one.tabs.map(({ key }) => key)).toEqual(['a']);
  const two = withCall(one, { call_id: 'c2', exchange_id: 'pbx-2' }, { key: 'b', front: false, isEmpty: empty });
  expect(two.tabs.map(({ key }) => key)).toEqual(['a', 'b']);
  // Whoever is in the middle of a report goes on typing where they are.
  expect(two.active).toBe('a');
});

test('p1_a_call_never_takes_the_place_of_a_half_written_report', () => {
  const both = withCall(start, call, { key: 'a', front: true, isEmpty: typed });
  expect(both.tabs.map(({ key }) => key)).toEqual([mainTab, 'a']);
  expect(both.active).toBe('a');
});

test('p1_the_softphone_and_the_telephone_system_open_one_tab', () => {
  const clicked = withCall(start, { exchange_id: 'pbx-1' }, { key: 'a', front: true, isEmpty: empty });
  const told = withCall(clicked, call, { key: 'b', front: true, isEmpty: typed });
  expect(told.tabs).toEqual([{ key: 'a', ...call }]);
  expect(tabOf(told, 'c1')?.key).toBe('a');
});

test('p1_tabs_survive_a_reload_and_a_broken_store', () => {
  const kept = withCall(start, call, { key: 'a', front: true, isEmpty: typed });
  expect(wholeTabs(kept)).toEqual(kept);
  for (const broken of [null, undefined, { tabs: [] }, { active: 'x', tabs: [{ key: 'y' }] }]) {
    const { tabs, active } = wholeTabs(broken);
    expect(tabs.some(({ key }) => key === active)).toBe(true);
  }
});

test('p1_closing_the_last_tab_leaves_an_empty_one', () => {
  const two = withCall(start, call, { key: 'a', front: true, isEmpty: typed });
  expect(without(two, 'a')).toEqual(start);
  expect(without(start, mainTab)).toEqual(start);
});
