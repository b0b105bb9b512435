/** The customer's pages: the way to the SMS provider with a test, how long links live on, codes held since a restore. */
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { type CommandOptions, useCommand } from '../api/command.ts';
import { useT } from '../i18n/index.ts';
import { SettingsFrame } from '../settings/frame.desk.tsx';
import { announce } from '../ui/announce.tsx';
import { Button } from '../ui/button.tsx';
import { CopyLine } from '../ui/copy-line.tsx';
import { Field, useForm } from '../ui/form.tsx';
import { Icon } from '../ui/icon.tsx';
import { ErrorState, Query } from '../ui/states.tsx';
import { wholeNumber } from '../ui/whole-number.ts';
import { Panel } from '../ui-desk/detail-page.tsx';
import { unplaced } from '../ui-desk/dialog.tsx';
import { NewKey } from './new-key.desk.tsx';
import { RelayForm } from './relay-form.desk.tsx';
import {
  changePages,
  changeSms,
  pagesQuery,
  relayQuery,
  releaseCodes,
  type SmsView,
  smsQuery,
  testSms,
} from './requests.ts';

export default function CustomerPagesSettings() {
  const t = useT();
  const sms = useQuery(smsQuery);
  const relay = useQuery(relayQuery);
  const pages = useQuery(pagesQuery);
  return (
    <SettingsFrame title={t('settings.page.customer_pages')}>
      <Query of={sms} shape="form">
        {(view) => (
          <>
            <SmsForm view={view} />
            {view.standing === 'on' && <TestSms />}
          </>
        )}
      </Query>
      <Query of={relay} shape="form">
        {(view) => <RelayForm view={view} />}
      </Query>
      <Query of={pages} shape="form">
        {(standing) => <PagesForm key={JSON.stringify(standing)} {...standing} />}
      </Query>
    </SettingsFrame>
  );
}

function SmsForm({ view }: { view: SmsView }) {
  const t = useT();
  const [secret, setSecret] = useState<string>();
  const command = useCommand(
    (values: { url: string; signature: string }, options: CommandOptions) =>
      changeSms({ url: values.url.trim() || null, signature: values.signature, new_key: false }, options),
    { touches: [smsQuery.queryKey] },
  );
  const form = useForm({ initial: { url: view.url ?? '', signature: view.signature }, problem: command.problem });
  const save = async () => {
    const saved = await command.run(form.values);
    if (!saved) return;
    if (saved.secret) setSecret(saved.secret);
    announce(t('common.saved'));
  };
  return (
    <Panel title={t('portal.sms')} hint={t('portal.sms.hint')}>
      <form
        className="ac-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <p role="status">
          <Icon name={view.standing === 'off' ? 'cross' : 'check'} size={16} /> {t(`portal.sms.${view.standing}`)}
        </p>
        <Field label={t('portal.sms.url')} hint={t('portal.sms.url.hint')} error={form.errorAt('/url')}>
          {(input) => <input {...input} {...form.text('url')} inputMode="url" maxLength={2000} />}
        </Field>
        <Field
          label={t('portal.sms.signature')}
          hint={t('portal.sms.signature.hint')}
          error={form.errorAt('/signature')}
        >
          {(input) => <input {...input} {...form.text('signature')} maxLength={20} />}
        </Field>
        {secret && (
          <>
            <CopyLine label={t('portal.sms.key')} text={secret} />
            <p className="ac-hint">{t('portal.sms.key.once')}</p>
          </>
        )}
        {command.problem && unplaced(command.problem) && <ErrorState error={command.problem} inline />}
        <div className="ad-steps">
          {view.url && (
            <NewKey
              send={(options) => changeSms({ url: view.url, signature: view.signature, new_key: true }, options)}
              touches={smsQuery.queryKey}
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

function TestSms() {
  const t = useT();
  const command = useCommand((phone: string) => testSms(phone));
  const form = useForm({ initial: { phone: '' }, problem: command.problem });
  const [came, setCame] = useState<{ taken: boolean; why?: string | null }>();
  return (
    <Panel title={t('portal.sms.test')} hint={t('portal.sms.test.hint')}>
      <form
        className="ac-form"
        noValidate
        onSubmit={async (event) => {
          event.preventDefault();
          setCame(undefined);
          const answer = await command.run(form.values.phone);
          if (answer) setCame(answer);
        }}
      >
        <Field label={t('portal.sms.test.phone')} required error={form.errorAt('/phone')}>
          {(input) => <input {...input} {...form.text('phone')} inputMode="tel" maxLength={40} />}
        </Field>
        {came && (
          <p role="status" className={came.taken ? undefined : 'ac-field-error'}>
            {came.taken ? t('portal.sms.test.taken') : t('portal.sms.test.failed', { why: came.why ?? '' })}
          </p>
        )}
        {command.problem && unplaced(command.problem) && <ErrorState error={command.problem} inline />}
        <div className="ad-steps">
          <Button type="submit" icon="sent" busy={command.busy}>
            {t('portal.sms.test.send')}
          </Button>
        </div>
      </form>
    </Panel>
  );
}

function PagesForm({ link_days, held }: { link_days: number; held: number }) {
  const t = useT();
  const command = useCommand((days: number, options: CommandOptions) => changePages(days, options), {
    touches: [pagesQuery.queryKey],
  });
  const release = useCommand((_: null, options: CommandOptions) => releaseCodes(options), {
    touches: [pagesQuery.queryKey],
  });
  const form = useForm({ initial: { link_days: String(link_days) }, problem: command.problem });
  const days = wholeNumber(form.values.link_days, [1, 365]);
  return (
    <Panel title={t('portal.pages')} hint={t('portal.pages.hint')}>
      {held > 0 && (
        <div className="ac-form" role="status">
          <p className="ad-warning">
            <Icon name="warning" size={16} /> {t('portal.pages.held', { count: held })}
          </p>
          <div>
            <Button busy={release.busy} onClick={() => void release.run(null)}>
              {t('portal.pages.release')}
            </Button>
          </div>
        </div>
      )}
      <form
        className="ac-form"
        noValidate
        onSubmit={async (event) => {
          event.preventDefault();
          if (!Number.isNaN(days) && (await command.run(days))) announce(t('common.saved'));
        }}
      >
        <Field
          label={t('portal.pages.link_days')}
          hint={t('portal.pages.link_days.hint')}
          required
          error={form.errorAt('/link_days')}
        >
          {(input) => <input {...input} {...form.text('link_days')} inputMode="numeric" maxLength={3} />}
        </Field>
        <div className="ad-steps">
          <Button
            type="submit"
            busy={command.busy}
            disabled={Number.isNaN(days) || days === link_days}
            reason={t('common.unchanged')}
          >
            {t('common.save')}
          </Button>
        </div>
      </form>
    </Panel>
  );
}
