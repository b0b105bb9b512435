/** The service order that waits for the customer: read in large type, signed on their own screen (P70, P72). */
import { type ComponentType, useEffect, useState } from 'react';
import { type Problem, toProblem } from '../api/problem.ts';
import { loadTexts, useT } from '../i18n/index.ts';
import { Field } from '../ui/form.tsx';
import type { StrokePoint } from '../ui/signature.tsx';
import { ErrorState, Loading } from '../ui/states.tsx';
import type { ServiceOrderView } from '../visits/requests.ts';
import { Buttons, useDo } from './actions.tsx';
import { ask, type TrackPage } from './call.ts';

interface Parts {
  Pad: ComponentType<{ label: string; onChange: (strokes: StrokePoint[][]) => void }>;
  Paper: ComponentType<{ of: ServiceOrderView; large?: boolean }>;
}

export function Sign(props: { link: string; onPage: (page: TrackPage) => void; onClose: () => void }) {
  const { link, onPage, onClose } = props;
  const t = useT();
  const [parts, setParts] = useState<Parts>();
  const [order, setOrder] = useState<ServiceOrderView>();
  const [problem, setProblem] = useState<Problem>();
  const [name, setName] = useState('');
  const [strokes, setStrokes] = useState<StrokePoint[][]>([]);
  const command = useDo(link, onPage);
  useEffect(() => {
    // The paper and the pad come when somebody signs: most visits to this page don't.
    void (async () => {
      try {
        const [paper, pad, found] = await Promise.all([
          import('../visits/service-order.tsx'),
          import('../ui/signature.tsx'),
          ask<ServiceOrderView>('GET', '/api/track/service-order', { link }),
          loadTexts(['visits', 'status']),
        ]);
        setParts({ Pad: pad.SignaturePad, Paper: paper.ServiceOrderPaper });
        setOrder(found);
      } catch (error) {
        setProblem(toProblem(error));
      }
    })();
  }, [link]);
  if (problem) return <ErrorState error={problem} inline />;
  if (!parts || !order) return <Loading shape="card" rows={5} />;
  const { Pad, Paper } = parts;
  const send = async () => {
    const body = { document_hash: order.sha256, signer_name: name.trim(), strokes };
    if (await command.run('service-order', body)) onClose();
  };
  return (
    <div className="ac-panel ac-form">
      <Paper of={order} large />
      <Field label={t('track.sign.name')} required error={command.problem?.errors[0]?.detail}>
        {(input) => (
          <input
            {...input}
            maxLength={80}
            autoComplete="name"
            value={name}
            onInput={(e) => setName(e.currentTarget.value)}
          />
        )}
      </Field>
      <Pad label={t('track.sign.pad')} onChange={setStrokes} />
      {command.problem && command.problem.errors.length === 0 && <ErrorState error={command.problem} inline />}
      <Buttons
        verb={t('track.sign.send')}
        busy={command.busy}
        disabled={!name.trim() || strokes.length === 0}
        onSend={send}
        onClose={onClose}
      />
    </div>
  );
}
