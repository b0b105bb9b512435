/** The phone on one's desk: its extension, and whether calls come up on the screen. Stands in the header. */
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useCommand } from '../api/command.ts';
import { useT } from '../i18n/index.ts';
import { announce } from '../ui/announce.tsx';
import { Choice, Field, useForm } from '../ui/form.tsx';
import { Icon } from '../ui/icon.tsx';
import { FormDialog } from '../ui-desk/dialog.tsx';
import { atDeskQuery, type Schemas, setDeskPhone } from './requests.ts';

export function DeskPhone() {
  const t = useT();
  const phone = useQuery(atDeskQuery).data?.phone;
  const [open, setOpen] = useState(false);
  if (!phone) return null;
  const state = phone.takes_calls
    ? phone.extension
      ? t('shell.phone.at', { extension: phone.extension })
      : t('shell.phone.none')
    : t('shell.phone.off');
  return (
    <>
      <button
        type="button"
        className="ad-desk-phone"
        data-on={phone.takes_calls}
        title={t('shell.phone.title')}
        aria-label={`${t('shell.phone.title')}: ${state}`}
        onClick={() => setOpen(true)}
      >
        <Icon name="phone" size={16} /> <span>{state}</span>
      </button>
      {open && <PhoneDialog phone={phone} onClose={() => setOpen(false)} />}
    </>
  );
}

function PhoneDialog({ phone, onClose }: { phone: Schemas['DeskPhone']; onClose: () => void }) {
  const t = useT();
  const command = useCommand(setDeskPhone, { touches: [['call', 'list']] });
  const form = useForm({
    initial: { extension: phone.extension ?? '', takes_calls: phone.takes_calls ? 'yes' : ('no' as 'yes' | 'no') },
    problem: command.problem,
  });
  const { values } = form;
  const save = async () => {
    const answer = await command.run({
      extension: values.extension.trim() || null,
      takes_calls: values.takes_calls === 'yes',
    });
    if (!answer) return;
    announce(t('shell.phone.saved'));
    onClose();
  };
  return (
    <FormDialog
      title={t('shell.phone.title')}
      verb={t('shell.phone.save')}
      form={form}
      busy={command.busy}
      problem={command.problem}
      onSave={() => void save()}
      onClose={onClose}
    >
      <Choice
        label={t('shell.phone.takes')}
        value={values.takes_calls}
        options={(['yes', 'no'] as const).map((value) => ({
          value,
          label: t(`shell.phone.takes.${value}`),
          hint: t(`shell.phone.takes.${value}.hint`),
        }))}
        onChange={(value) => form.set('takes_calls', value)}
      />
      <Field
        label={t('shell.phone.extension')}
        hint={t('shell.phone.extension.hint')}
        error={form.errorAt('/extension')}
      >
        {(input) => <input {...input} {...form.text('extension')} inputMode="tel" autoComplete="off" maxLength={20} />}
      </Field>
    </FormDialog>
  );
}
