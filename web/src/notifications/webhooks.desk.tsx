/** Webhooks: signed requests to other programs. The key is shown once, when it is made. */
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useCommand } from '../api/command.ts';
import { useT } from '../i18n/index.ts';
import { announce } from '../ui/announce.tsx';
import { Button } from '../ui/button.tsx';
import { CopyLine } from '../ui/copy-line.tsx';
import { Field, useForm } from '../ui/form.tsx';
import { Icon } from '../ui/icon.tsx';
import { ErrorState, Query } from '../ui/states.tsx';
import { DateTime } from '../ui/values.tsx';
import { Checks } from '../ui-desk/checks.tsx';
import { ConfirmInWords } from '../ui-desk/confirm-in-words.tsx';
import { Panel } from '../ui-desk/detail-page.tsx';
import { Dialog, FormDialog } from '../ui-desk/dialog.tsx';
import { PlainTable } from '../ui-desk/plain-table.tsx';
import { useKindName } from './kinds.ts';
import { createWebhook, removeWebhook, sendTest, type Webhook, webhooksQuery } from './requests.ts';

const lists = [['webhook', 'list']] as const;

export function WebhooksPanel({ kinds }: { kinds: readonly string[] }) {
  const t = useT();
  const kindName = useKindName();
  const query = useQuery(webhooksQuery);
  const [making, setMaking] = useState(false);
  const [made, setMade] = useState<Webhook>();
  const [removing, setRemoving] = useState<Webhook>();
  const test = useCommand((id: string, options) => sendTest({ email: null, webhook_id: id }, options), {
    touches: [['delivery', 'list']],
  });
  const remove = useCommand((id: string, options) => removeWebhook(id, options), { touches: lists });
  return (
    <Panel
      title={t('notifications.webhooks')}
      hint={t('notifications.webhooks.hint')}
      action={
        <Button icon="plus" onClick={() => setMaking(true)}>
          {t('notifications.webhook.create')}
        </Button>
      }
    >
      <Query of={query} shape="list">
        {(rows) =>
          rows.length === 0 ? (
            <p className="ac-second">{t('notifications.webhooks.empty')}</p>
          ) : (
            <PlainTable
              label={t('notifications.webhooks')}
              rows={rows}
              rowId={({ id }) => id}
              columns={[
                { key: 'name', title: t('notifications.webhook.name'), render: ({ name }) => name || '—' },
                {
                  key: 'url',
                  title: t('notifications.webhook.url'),
                  render: ({ url }) => <span className="ad-url">{url}</span>,
                },
                {
                  key: 'kinds',
                  title: t('notifications.webhook.kinds'),
                  render: (row) =>
                    row.kinds.map((kind) => (
                      <span key={kind} className="ad-tag" title={kind}>
                        {kindName(kind)}
                      </span>
                    )),
                },
                {
                  key: 'state',
                  title: t('notifications.state'),
                  render: ({ disabled_at }) =>
                    disabled_at ? (
                      <span className="ad-late">
                        <Icon name="warning" size={14} /> {t('notifications.webhook.off')} <DateTime at={disabled_at} />
                      </span>
                    ) : (
                      t('notifications.webhook.on')
                    ),
                },
                {
                  key: 'do',
                  title: '',
                  render: (row) => (
                    <span className="ad-row">
                      <button
                        type="button"
                        className="ac-link"
                        disabled={test.busy}
                        onClick={async () => {
                          if (await test.run(row.id)) announce(t('notifications.webhook.tested'));
                        }}
                      >
                        {t('notifications.webhook.test')}
                      </button>
                      <button type="button" className="ac-link" onClick={() => setRemoving(row)}>
                        {t('common.remove')}
                      </button>
                    </span>
                  ),
                },
              ]}
            />
          )
        }
      </Query>
      {test.problem && <ErrorState error={test.problem} inline />}
      {making && (
        <WebhookDialog
          kinds={kinds}
          onClose={() => setMaking(false)}
          onMade={(webhook) => {
            setMaking(false);
            setMade(webhook);
          }}
        />
      )}
      {made?.secret && (
        <Dialog title={t('notifications.webhook.secret')} onClose={() => setMade(undefined)}>
          <div className="ac-form">
            <p>{t('notifications.webhook.secret.once')}</p>
            <CopyLine text={made.secret} label={t('notifications.webhook.secret')} />
          </div>
        </Dialog>
      )}
      {removing && (
        <ConfirmInWords
          open
          danger
          title={t('notifications.webhook.remove')}
          consequences={[t('notifications.webhook.remove.will', { url: removing.url })]}
          verb={t('notifications.webhook.remove')}
          busy={remove.busy}
          problem={remove.problem}
          onCancel={() => setRemoving(undefined)}
          onConfirm={async () => {
            if (await remove.run(removing.id)) setRemoving(undefined);
          }}
        />
      )}
    </Panel>
  );
}

function WebhookDialog(props: { kinds: readonly string[]; onClose: () => void; onMade: (webhook: Webhook) => void }) {
  const t = useT();
  const kindName = useKindName();
  const { kinds, onClose, onMade } = props;
  const command = useCommand(createWebhook, { touches: lists });
  const form = useForm<{ url: string; name: string; kinds: string[] }>({
    initial: { url: '', name: '', kinds: [] },
    draft_key: 'notifications.webhook',
    problem: command.problem,
  });
  return (
    <FormDialog
      title={t('notifications.webhook.create')}
      form={form}
      verb={t('notifications.webhook.create')}
      busy={command.busy}
      problem={command.problem}
      width={720}
      onClose={onClose}
      onSave={async () => {
        const made = await command.run({ ...form.values, url: form.values.url.trim(), name: form.values.name.trim() });
        if (!made) return;
        form.reset();
        onMade(made);
      }}
    >
      <Field label={t('notifications.webhook.name')} error={form.errorAt('/name')}>
        {(input) => <input {...input} {...form.text('name')} maxLength={80} />}
      </Field>
      <Field label={t('notifications.webhook.url')} required error={form.errorAt('/url')}>
        {(input) => (
          <input
            {...input}
            type="url"
            {...form.text('url')}
            maxLength={500}
            placeholder="https://"
            spellCheck={false}
          />
        )}
      </Field>
      <Checks
        legend={t('notifications.webhook.kinds')}
        options={kinds.map((value) => ({ value, label: kindName(value), title: value }))}
        value={form.values.kinds}
        onChange={(next) => form.set('kinds', next)}
        error={form.errorAt('/kinds')}
      />
    </FormDialog>
  );
}
