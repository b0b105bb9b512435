/** Another key for an adapter: the one it knows ends at once, so it is asked in words first. */
import type { QueryKey } from '@tanstack/react-query';
import { useState } from 'react';
import { type CommandOptions, useCommand } from '../api/command.ts';
import { useT } from '../i18n/index.ts';
import { Button } from '../ui/button.tsx';
import { ConfirmInWords } from '../ui-desk/confirm-in-words.tsx';

/** `send` asks for the key with what is stored: what somebody is typing beside it is not saved along. */
export function NewKey(props: {
  send: (options: CommandOptions) => Promise<{ secret?: string | null }>;
  touches: QueryKey;
  onKey: (secret: string) => void;
}) {
  const t = useT();
  const { send, touches, onKey } = props;
  const [asked, setAsked] = useState(false);
  const command = useCommand((_: null, options: CommandOptions) => send(options), { touches: [touches] });
  return (
    <>
      <Button
        onClick={() => {
          command.clear();
          setAsked(true);
        }}
      >
        {t('portal.sms.new_key')}
      </Button>
      <ConfirmInWords
        open={asked}
        danger
        title={t('portal.sms.new_key')}
        consequences={[t('portal.sms.new_key.ends'), t('portal.sms.new_key.once')]}
        verb={t('portal.sms.new_key')}
        busy={command.busy}
        problem={command.problem}
        onCancel={() => setAsked(false)}
        onConfirm={async () => {
          const saved = await command.run(null);
          if (!saved) return;
          if (saved.secret) onKey(saved.secret);
          setAsked(false);
        }}
      />
    </>
  );
}
