/** Missed calls to be called back (P1): the number is shown once, then the result is written down. */
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useCommand } from '../api/command.ts';
import { callBack, revealCaller } from '../calls/requests.ts';
import { homeQuery, type Schemas } from '../cases/requests.ts';
import { useT } from '../i18n/index.ts';
import { useMay } from '../identity/me.ts';
import { announce } from '../ui/announce.tsx';
import { useBoth } from '../ui/both.ts';
import { Button } from '../ui/button.tsx';
import { ErrorState, Query } from '../ui/states.tsx';
import { DateTime, MaskedPhone } from '../ui/values.tsx';
import { Line, Panel } from './parts.tsx';

export default function MissedCallsPanel() {
  const t = useT();
  const query = useQuery(homeQuery);
  return (
    <Query of={query} shape="card">
      {({ missed_calls }) =>
        !missed_calls || missed_calls.count === 0 ? null : (
          <Panel title={t('home.missed', { count: missed_calls.count })}>
            <ul className="ad-todo-list">
              {missed_calls.items.map((call) => (
                <Missed key={call.id} call={call} />
              ))}
            </ul>
          </Panel>
        )
      }
    </Query>
  );
}

function Missed({ call }: { call: Schemas['MissedCall'] }) {
  const t = useT();
  const both = useBoth();
  const may = useMay();
  const [calling, setCalling] = useState(false);
  const command = useCommand(callBack, { touches: [['case', 'list']] });
  const record = async (reached: boolean) => {
    if (await command.run({ id: call.id, reached })) announce(t(reached ? 'home.missed.done' : 'home.missed.again'));
  };
  const reveal = async () => {
    const { dial } = await revealCaller(call.id, t('home.missed.reason'));
    setCalling(true);
    return dial;
  };
  return (
    <Line
      when={
        <span className={call.late ? 'ad-late' : undefined}>
          {t('home.by')} <DateTime at={call.due_at} />
        </span>
      }
      what={
        call.caller_masked ? (
          <MaskedPhone masked={call.caller_masked} {...(may('customers.reveal') ? { onReveal: reveal } : {})} />
        ) : (
          t('home.missed.withheld')
        )
      }
      detail={
        <>
          {call.hotline ? both(call.hotline) : call.dialled} · <DateTime at={call.started_at} />
          {command.problem && <ErrorState error={command.problem} inline />}
        </>
      }
      end={
        <>
          <Button onClick={() => void record(false)} busy={command.busy}>
            {t('home.missed.not_reached')}
          </Button>
          <Button kind={calling ? 'primary' : 'plain'} onClick={() => void record(true)} busy={command.busy}>
            {t('home.missed.reached')}
          </Button>
        </>
      }
    />
  );
}
