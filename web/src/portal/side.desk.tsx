/** The customer's side of a case on the desk: what they asked and sent, and the links to their page. */
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { type CommandOptions, useCommand } from '../api/command.ts';
import { useT } from '../i18n/index.ts';
import { useMay } from '../identity/me.ts';
import { announce } from '../ui/announce.tsx';
import { Button } from '../ui/button.tsx';
import { CopyLine } from '../ui/copy-line.tsx';
import { Field, useForm } from '../ui/form.tsx';
import { ErrorState } from '../ui/states.tsx';
import { DateTime } from '../ui/values.tsx';
import { Dialog, FormDialog } from '../ui-desk/dialog.tsx';
import { SideGroup } from '../ui-desk/record-page.tsx';
import './portal.desk.css';
import { answerRequest, type CustomerRequest, makeLink, openRequestsKey, revokeLink, sideQuery } from './requests.ts';

export function CustomerSideFacts({ case_id }: { case_id: string }) {
  const t = useT();
  const may = useMay();
  const query = useQuery(sideQuery(case_id));
  const [links, setLinks] = useState(false);
  const triages = may('cases.triage');
  const side = query.data;
  if (!side) return null;
  const { requests, photos } = side;
  if (requests.length + photos.length === 0 && !triages) return null;
  return (
    <SideGroup
      title={t('portal.side')}
      action={
        triages && (
          <button type="button" className="ac-link" onClick={() => setLinks(true)}>
            {t('portal.links')}
          </button>
        )
      }
    >
      {requests.length + photos.length === 0 && <p className="ac-second">{t('portal.side.none')}</p>}
      {photos.length > 0 && (
        <div className="ad-customer-photos">
          {photos.map(({ sha256 }) => (
            <a key={sha256} href={`/api/files/${sha256}`} target="_blank" rel="noreferrer">
              <img src={`/api/files/${sha256}`} alt={t('portal.photo')} loading="lazy" />
            </a>
          ))}
        </div>
      )}
      {requests.map((request) => (
        <Asked key={request.id} request={request} answers={triages} />
      ))}
      {links && <LinksDialog case_id={case_id} onClose={() => setLinks(false)} />}
    </SideGroup>
  );
}

/** One request, with the buttons that answer it. */
export function Asked({ request, answers }: { request: CustomerRequest; answers: boolean }) {
  const t = useT();
  const { kind, zone, state } = request;
  const [answering, setAnswering] = useState<'accepted' | 'declined' | 'seen'>();
  const seen = useCommand((_: null, options: CommandOptions) => answerRequest(request.id, { state: 'seen' }, options), {
    touches: [sideQuery(request.case_id).queryKey, openRequestsKey],
  });
  return (
    <div className="ad-asked">
      <p>
        <b>{t(`portal.request.${kind}`)}</b> <DateTime at={request.made_at} zone={zone} />{' '}
        {!request.complaint_case_id && <span className="ac-second">{t(`portal.request.state.${state}`)}</span>}
      </p>
      {request.wish_start && request.wish_end && (
        <p>
          {t('portal.request.wish')} <DateTime at={request.wish_start} zone={zone} />–
          <DateTime at={request.wish_end} zone={zone} show_zone />
        </p>
      )}
      {request.words && <p>{request.words}</p>}
      {request.complaint_case_id && (
        <p>
          <Link to={`/cases/${request.complaint_case_id}`}>{t('portal.request.open_complaint')}</Link>
        </p>
      )}
      {request.answer && <p className="ac-second">{t('portal.request.answered', { answer: request.answer })}</p>}
      {answers && state === 'open' && !request.complaint_case_id && (
        <div className="ad-row">
          {kind === 'move' ? (
            <>
              <Button icon="check" onClick={() => setAnswering('accepted')}>
                {t('portal.request.accept')}
              </Button>
              <Button onClick={() => setAnswering('declined')}>{t('portal.request.decline')}</Button>
            </>
          ) : (
            <>
              <Button icon="check" busy={seen.busy} onClick={() => void seen.run(null)}>
                {t('portal.request.see')}
              </Button>
              <Button onClick={() => setAnswering('seen')}>{t('portal.request.reply')}</Button>
            </>
          )}
        </div>
      )}
      {seen.problem && <ErrorState error={seen.problem} inline />}
      {answering && <AnswerDialog request={request} state={answering} onClose={() => setAnswering(undefined)} />}
    </div>
  );
}

function AnswerDialog(props: {
  request: CustomerRequest;
  state: 'accepted' | 'declined' | 'seen';
  onClose: () => void;
}) {
  const { request, state, onClose } = props;
  const t = useT();
  const command = useCommand(
    (answer: string, options: CommandOptions) =>
      answerRequest(request.id, { state, ...(answer.trim() ? { answer: answer.trim() } : {}) }, options),
    { touches: [sideQuery(request.case_id).queryKey, openRequestsKey] },
  );
  const form = useForm({ initial: { answer: '' }, problem: command.problem });
  const save = async () => {
    if (!(await command.run(form.values.answer))) return;
    announce(t('common.saved'));
    onClose();
  };
  return (
    <FormDialog
      title={t(`portal.answer.${state}`)}
      form={form}
      verb={t('portal.answer.send')}
      busy={command.busy}
      problem={command.problem}
      onSave={() => void save()}
      onClose={onClose}
    >
      {state === 'accepted' && <p>{t('portal.answer.accepted.hint')}</p>}
      <Field
        label={t('portal.answer.words')}
        hint={t('portal.answer.words.hint')}
        required={state === 'declined'}
        error={form.errorAt('/answer') ?? form.errorAt('/words')}
      >
        {(input) => <textarea {...input} {...form.text('answer')} maxLength={1000} />}
      </Field>
    </FormDialog>
  );
}

function LinksDialog({ case_id, onClose }: { case_id: string; onClose: () => void }) {
  const t = useT();
  const touches = [sideQuery(case_id).queryKey];
  const links = useQuery(sideQuery(case_id)).data?.links ?? [];
  const [url, setUrl] = useState<string>();
  const make = useCommand((_: null, options: CommandOptions) => makeLink(case_id, options), { touches });
  const revoke = useCommand((id: string, options: CommandOptions) => revokeLink(id, options), { touches });
  return (
    <Dialog title={t('portal.links')} onClose={onClose}>
      <div className="ac-form">
        <p>{t('portal.links.hint')}</p>
        {url && (
          <>
            <CopyLine label={t('portal.links.address')} text={url} />
            <p className="ac-hint">{t('portal.links.once')}</p>
          </>
        )}
        {links.map(({ id, scope, made_for, made_at, revoked_at }) => (
          <div key={id} className="ad-asked">
            <p>
              {t(`portal.link.${made_for}`)} · {t(`portal.link.scope.${scope}`)} · <DateTime at={made_at} />
            </p>
            {revoked_at ? (
              <p className="ac-second">
                {t('portal.link.revoked_at')} <DateTime at={revoked_at} />
              </p>
            ) : (
              <div className="ad-row">
                <Button kind="danger" busy={revoke.busy} onClick={() => void revoke.run(id)}>
                  {t('portal.link.revoke')}
                </Button>
              </div>
            )}
          </div>
        ))}
        {(make.problem ?? revoke.problem) && <ErrorState error={make.problem ?? revoke.problem} inline />}
        <div className="ad-steps">
          <Button onClick={onClose}>{t('common.close')}</Button>
          <Button
            kind="primary"
            busy={make.busy}
            onClick={async () => {
              const made = await make.run(null);
              if (made?.url) setUrl(made.url);
            }}
          >
            {t('portal.links.make')}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
