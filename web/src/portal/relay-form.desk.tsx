/** Where the numbers come from by which engineers call customers (P68). */
import { useState } from 'react';
import { type CommandOptions, useCommand } from '../api/command.ts';
import { useT } from '../i18n/index.ts';
import { announce } from '../ui/announce.tsx';
import { Button } from '../ui/button.tsx';
import { CopyLine } from '../ui/copy-line.tsx';
import { Field, useForm } from '../ui/form.tsx';
import { Icon } from '../ui/icon.tsx';
import { ErrorState } from '../ui/states.tsx';
import { Panel } from '../ui-desk/detail-page.tsx';
import { unplaced } from '../ui-desk/dialog.tsx';
import { NewKey } from './new-key.desk.tsx';
import { changeRelay, type RelayView, relayQuery } from './requests.ts';

export function RelayForm({ view }: { view: RelayView }) {
  const t = useT();
  const [secret, setSecret] = useState<string>();
  const command = useCommand(
    (values: { url: string }, options: CommandOptions) =>
      changeRelay({ url: values.url.trim() || null, new_key: false }, options),
    { touches: [relayQuery.queryKey] },
  );
  const form = useForm({ initial: { url: view.url ?? '' }, problem: command.problem });
  const save = async () => {
    const saved = await command.run(form.values);
    if (!saved) return;
    if (saved.secret) setSecret(saved.secret);
    announce(t('common.saved'));
  };
  return (
    <Panel title={t('portal.relay')} hint={t('portal.relay.hint')}>
      <form
        className="ac-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <p role="status">
          <Icon name={view.standing === 'off' ? 'cross' : 'check'} size={16} /> {t(`portal.relay.${view.standing}`)}
        </p>
        <Field label={t('portal.relay.url')} hint={t('portal.relay.url.hint')} error={form.errorAt('/url')}>
          {(input) => <input {...input} {...form.text('url')} inputMode="url" maxLength={2000} />}
        </Field>
        {secret && (
          <>
            <CopyLine label={t('portal.sms.key')} text={secret} />
            <p className="ac-hint">{t('portal.relay.key.once')}</p>
          </>
        )}
        {command.problem && unplaced(command.problem) && <ErrorState error={command.problem} inline />}
        <div className="ad-steps">
          {view.url && (
            <NewKey
              send={(options) => changeRelay({ url: view.url, new_key: true }, options)}
              touches={relayQuery.queryKey}
              onKey={setSecret}
            />
          )}
          <Button kind="primary" type="submit" busy={command.busy}>
            {t('common.save')}
          </Button>
        </div>
      </form>
    </Panel>
  );
}
