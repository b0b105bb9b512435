import { expect, test } from 'vitest';
import { activate, intakeTabs, openBlank, openCall } from '../src/calls/tabs.ts';
import { clearDraft, forgetDrafts, ownDrafts, readDraft, writeDraft } from '../src/ui/draft.ts';

const kept = () => Object.keys(localStorage).filter((key) => key.startsWith('aftercare.'));

test('the_next_person_at_the_desk_finds_no_drafts_of_the_one_before', () => {
  ownDrafts('one');
  writeDraft('intake', { contact_name: '王先生', phone: '13812341234' });
  openCall({ call_id: 'c1', label: '138****1234' }, true);
  expect(intakeTabs().tabs.at(-1)?.label).toBe('138****1234');
  // The session ran out, and somebody else signs in.
  ownDrafts('two');
  expect(readDraft('intake')).toBeUndefined();
  expect(intakeTabs().tabs).toEqual([{ key: 'main' }]);
  expect(kept()).toEqual([]);
  ownDrafts('one');
  expect(readDraft('intake')).toBeUndefined();
});

test('a_session_that_ran_out_loses_nothing_for_the_same_person', () => {
  ownDrafts('one');
  writeDraft('intake', { symptom: '道闸不抬杆' });
  openBlank();
  activate('main');
  ownDrafts('one');
  expect(readDraft('intake')).toEqual({ symptom: '道闸不抬杆' });
  clearDraft('intake');
  expect(readDraft('intake')).toBeUndefined();
});

test('signing_out_forgets_drafts_and_nobody_keeps_any_until_somebody_signs_in', () => {
  localStorage.setItem('aftercare.theme', 'dark');
  localStorage.setItem('aftercare.intake-tabs', '{"tabs":[{"key":"a","label":"138****1234"}]}');
  localStorage.setItem('aftercare.draft.intake', '{"at":1,"values":{"phone":"13812341234"}}');
  ownDrafts('one');
  expect(kept(), 'what stood there without an owner goes').toEqual(['aftercare.theme']);
  writeDraft('intake', { symptom: '道闸不抬杆' });
  forgetDrafts();
  expect(kept()).toEqual(['aftercare.theme']);
  writeDraft('intake', { symptom: '道闸不抬杆' });
  expect(kept()).toEqual(['aftercare.theme']);
  expect(readDraft('intake')).toBeUndefined();
});
