/**
 * Intake: who calls at the left, the form in the middle, what is known of the site at the right. The whole of it works by
 * keyboard: Enter takes the first hit, arrows choose the device, Y and N answer, Ctrl-Enter saves, Enter takes the next call.
 * Each call is a tab with a form of its own; tabs, forms and the number to be read aloud survive a reload.
 */
import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { newCommandId } from '../api/command-id.ts';
import { byExchangeQuery } from '../calls/requests.ts';
import { changeTab, closeTab, draftKeyOf, openCall, useIntakeTabs } from '../calls/tabs.ts';
import { useT } from '../i18n/index.ts';
import { clearDraft } from '../ui/draft.ts';
import { useTitle } from '../ui-desk/title.ts';
import { IntakeForm } from './intake/form.desk.tsx';
import { IntakeSaved, type SavedReport } from './intake/saved.desk.tsx';
import { IntakeTabBar } from './intake/tabs.desk.tsx';
import './cases.css';
import '../calls/calls.css';

export default function IntakeScreen() {
  const t = useT();
  useTitle(t('intake.title'));
  const [round, setRound] = useState(() => newCommandId());
  const tabs = useIntakeTabs();
  useSoftphone();
  const tab = tabs.tabs.find(({ key }) => key === tabs.active) ?? tabs.tabs[0];
  if (!tab) return null;
  const saved = tab.saved as SavedReport | undefined;
  const several = tabs.tabs.length > 1 || tab.call_id !== undefined || tab.exchange_id !== undefined;
  return (
    <>
      {several && <IntakeTabBar tabs={tabs} />}
      {saved ? (
        <IntakeSaved
          key={tab.key}
          saved={saved}
          onRecorded={(made) => {
            const { call: _recorded, ...rest } = saved;
            changeTab(tab.key, { saved: { ...rest, made } });
          }}
          onNext={() => {
            clearDraft(draftKeyOf(tab.key));
            closeTab(tab.key);
            setRound(newCommandId());
          }}
        />
      ) : (
        <IntakeForm
          key={`${tab.key}:${round}`}
          round={newDraft(tab.key, round)}
          tab={tab}
          onSaved={(report) => changeTab(tab.key, { saved: report })}
          onDone={() => {
            closeTab(tab.key);
            setRound(newCommandId());
          }}
        />
      )}
    </>
  );
}

// Each tab's form makes one case, however often it is sent: the form's id is the tab's, or the round's in the usual one.
function newDraft(key: string, round: string): string {
  return key === 'main' ? round : key;
}

/** A softphone opened `/intake?call=…`: the call's tab comes to the front, even before the telephone system has told of it. */
function useSoftphone(): void {
  const { call } = useSearch({ strict: false }) as { call?: string | number };
  const exchange_id = call === undefined ? '' : String(call);
  const found = useQuery({ ...byExchangeQuery(exchange_id), enabled: exchange_id !== '' }).data?.call.call;
  useEffect(() => {
    if (exchange_id) openCall({ exchange_id }, true);
  }, [exchange_id]);
  useEffect(() => {
    if (found)
      openCall(
        { call_id: found.id, exchange_id, ...(found.caller_masked ? { label: found.caller_masked } : {}) },
        true,
      );
  }, [found, exchange_id]);
}
