/** The QR code of a label or badge: shown, printed, made anew, revoked. */
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { type CommandOptions, useCommand } from '../api/command.ts';
import { useT } from '../i18n/index.ts';
import { announce } from '../ui/announce.tsx';
import { Button } from '../ui/button.tsx';
import { CopyLine } from '../ui/copy-line.tsx';
import { Field, useForm } from '../ui/form.tsx';
import { Query } from '../ui/states.tsx';
import { DateTime } from '../ui/values.tsx';
import { Panel } from '../ui-desk/detail-page.tsx';
import { FormDialog } from '../ui-desk/dialog.tsx';
import './portal.desk.css';
import { type CodePlace, codeQuery, makeCode, revokeCode } from './requests.ts';

/** `manages`: may make and revoke it. */
export function CodePanel({ place, manages }: { place: CodePlace; manages: boolean }) {
  const t = useT();
  const query = useQuery(codeQuery(place));
  const [dialog, setDialog] = useState<'renew' | 'revoke'>();
  const make = useCommand((_: null, options: CommandOptions) => makeCode(place, {}, options), {
    touches: [codeQuery(place).queryKey],
  });
  return (
    <Panel title={t(`portal.code.${place.of}`)} hint={t(`portal.code.${place.of}.hint`)}>
      <Query of={query} shape="card">
        {(code) =>
          code.in_use && code.url && code.qr_svg ? (
            <div className="ad-qr">
              <img
                src={`data:image/svg+xml;utf8,${encodeURIComponent(code.qr_svg)}`}
                alt={t(`portal.code.${place.of}`)}
                width={168}
                height={168}
              />
              <div className="ac-form">
                {code.held_at && (
                  <p className="ad-warning" role="status">
                    {t('portal.code.held')}
                  </p>
                )}
                <CopyLine label={t('portal.code.address')} text={code.url} />
                <p className="ac-second">
                  {t('portal.code.made_at')} <DateTime at={code.made_at} />
                  {code.revoked > 0 && ` · ${t('portal.code.revoked', { count: code.revoked })}`}
                </p>
                {manages && (
                  <div className="ad-row">
                    <Button icon="again" onClick={() => setDialog('renew')}>
                      {t('portal.code.renew')}
                    </Button>
                    <Button icon="cross" kind="danger" onClick={() => setDialog('revoke')}>
                      {t('portal.code.revoke')}
                    </Button>
                  </div>
                )}
              </div>
            </div>
          ) : (
            <>
              <p className="ac-second">{t('portal.code.none')}</p>
              {manages && (
                <Button icon="plus" busy={make.busy} onClick={() => void make.run(null)}>
                  {t('portal.code.make')}
                </Button>
              )}
            </>
          )
        }
      </Query>
      {dialog && <ReasonDialog place={place} step={dialog} onClose={() => setDialog(undefined)} />}
    </Panel>
  );
}

function ReasonDialog(props: { place: CodePlace; step: 'renew' | 'revoke'; onClose: () => void }) {
  const { place, step, onClose } = props;
  const t = useT();
  const command = useCommand(
    (reason: string, options: CommandOptions) => (step === 'renew' ? makeCode : revokeCode)(place, { reason }, options),
    { touches: [codeQuery(place).queryKey] },
  );
  const form = useForm({ initial: { reason: '' }, problem: command.problem });
  const save = async () => {
    if (!(await command.run(form.values.reason))) return;
    announce(t('common.saved'));
    onClose();
  };
  return (
    <FormDialog
      title={t(`portal.code.${step}`)}
      form={form}
      verb={t(`portal.code.${step}`)}
      busy={command.busy}
      problem={command.problem}
      onSave={() => void save()}
      onClose={onClose}
    >
      <p>{t(`portal.code.${step}.hint`)}</p>
      <Field label={t('common.reason')} required error={form.errorAt('/reason')}>
        {(input) => <input {...input} {...form.text('reason')} maxLength={200} />}
      </Field>
    </FormDialog>
  );
}
