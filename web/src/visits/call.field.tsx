/** Calling the customer: by a number between both that ends with the visit, or through the hotline (P68). */
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, call } from '../api/client.ts';
import { useOnline } from '../api/network.ts';
import { type Problem, toProblem } from '../api/problem.ts';
import { useT } from '../i18n/index.ts';
import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import { Refusal } from './parts.tsx';
import { letterheadQuery, type Schemas, type Visit } from './requests.ts';

type CallWay = Schemas['CallWay'];

/** What a phone dials; a pause stands before the extension (RFC 3601). */
export const dialLink = ({ number, extension }: Pick<CallWay, 'number' | 'extension'>): string =>
  `tel:${number.replace(/[^\d+*#]/g, '')}${extension ? `,${extension}` : ''}`;

export function CallCustomer({ visit }: { visit: Visit }) {
  const t = useT();
  const online = useOnline();
  const hotline = useQuery(letterheadQuery).data?.hotline;
  const [way, setWay] = useState<CallWay>();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  if (!visit.order.contact?.phone_masked) return null;
  // Without a signal there is no number to be had; a call to the hotline needs none.
  const shown: CallWay | undefined =
    way ?? (!online && hotline ? { via: 'service', number: hotline, extension: null, simulated: false } : undefined);
  const ask = async () => {
    if (busy) return;
    setBusy(true);
    setProblem(undefined);
    try {
      setWay(await call(api.POST('/api/visits/{id}/call', { params: { path: { id: visit.id } }, body: {} })));
    } catch (error) {
      setProblem(toProblem(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className="af-call">
      {shown ? (
        <>
          <a className="ac-button" href={dialLink(shown)}>
            <Icon name="phone" /> {shown.number}
            {shown.extension && ` ${t('visits.call.extension', { extension: shown.extension })}`}
          </a>
          <p className="ac-hint">
            {t(`visits.call.${shown.via}`)}
            {shown.simulated && ` ${t('visits.call.simulated')}`}
          </p>
        </>
      ) : (
        <Button icon="phone" busy={busy} onClick={() => void ask()}>
          {t('visits.call.customer')}
        </Button>
      )}
      <Refusal problem={problem} onRetry={() => void ask()} />
    </div>
  );
}
