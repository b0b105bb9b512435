/** The service order on the phone: shown to the customer in large type, signed, or the refusal recorded (P70, P72). */
import './visit.css';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useT } from '../i18n/index.ts';
import { announce } from '../ui/announce.tsx';
import { Button } from '../ui/button.tsx';
import { Field, useForm } from '../ui/form.tsx';
import { Query } from '../ui/states.tsx';
import { useDeed, usePresent, useServiceOrderHere, useVisitHere } from './command.ts';
import { Cover } from './cover.tsx';
import { OfVisit } from './of-visit.tsx';
import { Refusal } from './parts.tsx';
import { letterheadQuery, type ServiceOrderView, type Visit } from './requests.ts';
import { ServiceOrderPaper } from './service-order.tsx';
import { SignForm } from './sign-form.tsx';

function RefuseForm({
  visit,
  hash,
  onDone,
  onCancel,
}: {
  visit: Visit;
  hash: string;
  onDone: () => void;
  onCancel: () => void;
}) {
  const t = useT();
  const command = useDeed(visit, 'refuse-signature');
  const form = useForm({
    initial: { reason: '', witness: '' },
    draft_key: `visit.${visit.id}.refusal`,
    problem: command.problem,
  });
  const send = async () => {
    const done = await command.run({ document_hash: hash, ...form.values }, { hear: true });
    if (!done) return;
    form.reset();
    onDone();
  };
  return (
    <form
      className="ac-form ac-panel af-section"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <h2>{t('visits.refuse.title')}</h2>
      <p className="ac-second">{t('visits.refuse.hint')}</p>
      <Field label={t('visits.refuse.reason')} required error={form.errorAt('/reason')}>
        {(input) => <textarea {...input} {...form.text('reason')} rows={2} maxLength={500} />}
      </Field>
      <Field label={t('visits.refuse.witness')} required error={form.errorAt('/witness')}>
        {(input) => <input {...input} {...form.text('witness')} maxLength={80} />}
      </Field>
      <Refusal problem={command.problem} onRetry={() => void send()} />
      <div className="af-actions">
        <Button onClick={onCancel}>{t('common.cancel')}</Button>
        <Button type="submit" kind="danger" busy={command.busy}>
          {t('visits.refuse.send')}
        </Button>
      </div>
    </form>
  );
}

function Shown({ visit, order }: { visit: Visit; order: ServiceOrderView }) {
  const t = useT();
  const navigate = useNavigate();
  const [refusing, setRefusing] = useState(false);
  const letterhead = useQuery(letterheadQuery).data;
  const present = usePresent(visit);
  const sign = useDeed(visit, 'sign');
  const back = async (words: string) => {
    announce(words);
    await navigate({ to: '/visits/$visit_id', params: { visit_id: visit.id }, replace: true });
  };
  // While the answer to it is awaited, what was signed stays on screen.
  const open = visit.steps.includes('sign') || sign.busy || refusing;
  // What stands now is no longer what was shown: it has to be shown again before anybody signs.
  const changed = sign.problem?.code === 'visit_document_changed' || sign.problem?.code === 'visit_document_hash_wrong';
  return (
    <>
      <ServiceOrderPaper of={order} letterhead={letterhead} large />
      {!open && !visit.signed_at && visit.steps.includes('present') && (
        <Button kind="step" busy={present.busy} onClick={() => void present.run()}>
          {t('visits.step.present')}
        </Button>
      )}
      <Refusal problem={present.problem} />
      {open && changed && (
        <>
          <Refusal problem={sign.problem} />
          <Button
            kind="step"
            busy={present.busy}
            onClick={() => void present.run().then((shown) => shown && sign.clear())}
          >
            {t('visits.sign.show_again')}
          </Button>
        </>
      )}
      {open && !changed && !refusing && (
        <>
          <SignForm
            draft_key={`visit.${visit.id}.sign`}
            name={visit.order.contact?.name ?? ''}
            statement={t('visits.sign.statement')}
            hash={order.sha256}
            submit={t('visits.sign.submit')}
            busy={sign.busy}
            problem={sign.problem}
            onSign={async (signer_name, strokes) => {
              const done = await sign.run({ document_hash: order.sha256, signer_name, strokes }, { hear: true });
              if (done) await back(t('visits.sign.done'));
              return done;
            }}
          />
          <Button onClick={() => setRefusing(true)}>{t('visits.refuse.open')}</Button>
        </>
      )}
      {open && refusing && (
        <RefuseForm
          visit={visit}
          hash={order.sha256}
          onDone={() => void back(t('visits.refuse.done'))}
          onCancel={() => setRefusing(false)}
        />
      )}
    </>
  );
}

function Paper({ visit }: { visit: Visit }) {
  const order = useServiceOrderHere(visit);
  return (
    <Query of={order} shape="card">
      {(data) => <Shown visit={visit} order={data} />}
    </Query>
  );
}

export default function SignPage() {
  const t = useT();
  const { visit_id = '' } = useParams({ strict: false });
  const here = useVisitHere(visit_id);
  return (
    <Cover visit_id={visit_id} title={t('visits.paper.title')}>
      <OfVisit here={here}>{(data) => <Paper visit={data} />}</OfVisit>
    </Cover>
  );
}
