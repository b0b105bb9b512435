/** A signed acceptance: the document as signed, the signature, and what binds them. */
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { type CommandOptions, useCommand } from '../api/command.ts';
import { keys } from '../api/queries.ts';
import { site } from '../customers/requests.ts';
import { useLanguage, useT } from '../i18n/index.ts';
import { useMay } from '../identity/me.ts';
import { announce } from '../ui/announce.tsx';
import { Button } from '../ui/button.tsx';
import { PdfButton } from '../ui/pdf.tsx';
import { SignatureDrawing } from '../ui/signature.tsx';
import { Query } from '../ui/states.tsx';
import { DateTime } from '../ui/values.tsx';
import { ConfirmInWords } from '../ui-desk/confirm-in-words.tsx';
import { DetailPage, Panel } from '../ui-desk/detail-page.tsx';
import { Fact } from '../ui-desk/record-page.tsx';
import { type Acceptance, acceptance, acceptancePdf, assets, revokeAcceptance } from './requests.ts';

export default function AcceptancePage() {
  const { acceptance_id = '' } = useParams({ strict: false }) as { acceptance_id?: string };
  const query = useQuery({ queryKey: keys.one('acceptance', acceptance_id), queryFn: () => acceptance(acceptance_id) });
  return <Query of={query}>{(view) => <AcceptanceDetail view={view} />}</Query>;
}

function AcceptanceDetail({ view }: { view: Acceptance }) {
  const t = useT();
  const language = useLanguage();
  const may = useMay();
  const [revoking, setRevoking] = useState(false);
  const place = useQuery({ queryKey: keys.one('site', view.site_id), queryFn: () => site(view.site_id) });
  const held = useQuery({
    queryKey: keys.list('asset', { site: view.site_id }),
    queryFn: () => assets({ site_id: view.site_id, limit: 200 }),
  });
  const covered = held.data?.items.filter(({ acceptance_id }) => acceptance_id === view.id) ?? [];
  const command = useCommand((reason: string, options: CommandOptions) => revokeAcceptance(view.id, reason, options), {
    touches: [keys.one('acceptance', view.id), ['asset'], ['site']],
    ifMatch: `"${view.version}"`,
  });
  return (
    <DetailPage
      number={view.number}
      title={t('assets.acceptance.title')}
      trail={<Link to={`/sites/${view.site_id}`}>{place.data?.name ?? t('assets.site')}</Link>}
      badges={view.revoked_at ? <span className="ac-badge">{t('assets.acceptance.revoked')}</span> : undefined}
      actions={
        <>
          <PdfButton load={(template) => acceptancePdf(view.id, language, template)} name={view.number} />
          {!view.revoked_at && may('assets.revoke_acceptance') && (
            <Button kind="danger" onClick={() => setRevoking(true)}>
              {t('assets.acceptance.revoke')}
            </Button>
          )}
        </>
      }
    >
      <div className="ad-column">
        <Panel title={t('assets.accept.document')}>
          <dl>
            <Fact label={t('assets.accepted_on')}>{view.accepted_on}</Fact>
            <Fact label={t('assets.signed_by_name')}>{view.signed_by_name}</Fact>
            <Fact label={t('assets.acceptance.signed_at')}>
              <DateTime at={view.signed_at} full show_zone zone={place.data?.zone} />
            </Fact>
          </dl>
          {view.signature_strokes && (
            <SignatureDrawing
              label={t('assets.acceptance.signature_of', { name: view.signed_by_name })}
              strokes={view.signature_strokes}
            />
          )}
        </Panel>
        <Panel title={t('assets.accept.assets')}>
          <Query of={held} shape="card">
            {() => (
              <ul className="ad-consequences">
                {covered.map(({ id, serial, product }) => (
                  <li key={id}>
                    <Link to={`/assets/${id}`}>{serial}</Link> {product.model}
                  </li>
                ))}
              </ul>
            )}
          </Query>
        </Panel>
      </div>
      <Panel title={t('assets.acceptance.proof')} hint={t('assets.acceptance.proof.hint')}>
        <dl>
          <Fact label={t('assets.acceptance.document_sha256')}>{view.document_sha256}</Fact>
          <Fact label={t('assets.acceptance.signature_sha256')}>{view.signature_sha256}</Fact>
          <Fact label={t('assets.acceptance.binding_sha256')}>{view.binding_sha256}</Fact>
          {view.revoked_at && (
            <>
              <Fact label={t('assets.acceptance.revoked_at')}>
                <DateTime at={view.revoked_at} />
              </Fact>
              <Fact label={t('common.reason')}>{view.revoked_reason ?? ''}</Fact>
            </>
          )}
        </dl>
      </Panel>
      <ConfirmInWords
        open={revoking}
        title={t('assets.acceptance.revoke_what', { number: view.number })}
        consequences={[t('assets.acceptance.revoke.first'), t('assets.acceptance.revoke.second')]}
        verb={t('assets.acceptance.revoke')}
        danger
        reason="required"
        busy={command.busy}
        problem={command.problem}
        onCancel={() => {
          command.clear();
          setRevoking(false);
        }}
        onConfirm={async (reason) => {
          if (!(await command.run(reason))) return;
          announce(t('assets.acceptance.revoked'));
          setRevoking(false);
        }}
      />
    </DetailPage>
  );
}
