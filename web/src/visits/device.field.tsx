/** Before which device the engineer stands: scanned or typed; another one than ordered is said by its name and takes a reason. */
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useT } from '../i18n/index.ts';
import { useBoth } from '../ui/both.ts';
import { Button } from '../ui/button.tsx';
import { Field, useForm } from '../ui/form.tsx';
import { Icon } from '../ui/icon.tsx';
import { useDeed } from './command.ts';
import { NotSent, Refusal, refocus, Section } from './parts.tsx';
import { myDevicesQuery, type Schemas, type Visit } from './requests.ts';
import { Scan } from './scan.field.tsx';
import { deviceOf } from './scan.ts';

type Method = Schemas['DeviceMethod'];

/** The check as it is being made: what was read, and what of it goes along with the next step. */
export function useDevice(visit: Visit) {
  const devices = useQuery({ ...myDevicesQuery, enabled: visit.steps.includes('device') }).data ?? [];
  const command = useDeed(visit, 'device');
  const form = useForm({
    initial: { said: '', method: 'typed' as Method, asked: false, reason: '' },
    draft_key: `visit.${visit.id}.device`,
    problem: command.problem,
  });
  const ordered = visit.order.asset;

  /** The device that something read belongs to: what the phone doesn't carry may still be the one ordered. */
  const found = (said: string) => {
    const device = deviceOf(said, devices);
    if (device) return device.id;
    return ordered && deviceOf(said, [{ ...ordered, site_id: visit.order.site.id, code: null }])?.id;
  };
  const send = async (said: string, method: Method, reason: string | null, kept: () => void = () => {}) => {
    const sent = form.values;
    const body = { said: said.trim().slice(0, 199), method, asset_id: found(said) ?? null, reason };
    const done = () => {
      form.reset();
      kept();
    };
    return await command.run(body, { kept: done, back: () => form.giveBack(sent) });
  };
  /** Takes what was read: the device ordered is recorded at once, another one is asked about. False if it is. */
  const read = async (said: string, method: Method, kept?: () => void): Promise<boolean> => {
    command.clear();
    if (ordered && found(said) === ordered.id) return await send(said, method, null, kept);
    form.set('said', said);
    form.set('method', method);
    form.set('asked', true);
    return false;
  };
  return {
    devices,
    command,
    form,
    found,
    send,
    read,
    /** A number that was typed goes along with starting the work; another device than ordered is asked about first. */
    handIn: async (): Promise<boolean> => {
      const { said, asked } = form.values;
      if (asked) return false;
      return said.trim() === '' || (await read(said, 'typed'));
    },
  };
}

export type DeviceState = ReturnType<typeof useDevice>;

export function DeviceCheck({ visit, device }: { visit: Visit; device: DeviceState }) {
  const t = useT();
  const both = useBoth();
  const { devices, command, form, found } = device;
  const [again, setAgain] = useState(false);
  const ordered = visit.order.asset;
  const nameOf = (id: string) => {
    const known = devices.find((each) => each.id === id);
    if (known) return `${both(known.product)} ${known.model} · ${known.serial}`;
    return ordered?.id === id ? `${both(ordered.product)} ${ordered.model} · ${ordered.serial}` : undefined;
  };
  // A day kept by the version before has none.
  const done = (visit.devices ?? []).filter(({ visit_id }) => visit_id === visit.id);
  const open = visit.steps.includes('device');
  if (!ordered || (!open && done.length === 0)) return null;
  const ended = () => {
    setAgain(false);
    refocus(document.getElementById('part-device'));
  };
  const read = (said: string, method: Method) => void device.read(said, method, ended);
  const { said, asked, reason, method } = form.values;
  const other = asked ? found(said) : undefined;
  const asking = open && (done.length === 0 || again || form.dirty);
  return (
    <Section id="device" title={t('visits.device.title')} done={done.length > 0}>
      {done.map((check) => (
        <p key={check.id} className="af-entry">
          <NotSent of={check} />
          {check.matches ? (
            <span className="af-mark-done">
              <Icon name="check" size={16} /> {t('visits.device.right')}
            </span>
          ) : (
            <span className="af-warn">
              <Icon name="warning" size={16} />{' '}
              {t('visits.device.went_on', {
                device: (check.asset_id && nameOf(check.asset_id)) || check.said,
                reason: check.reason ?? '',
              })}
            </span>
          )}
        </p>
      ))}
      {asking && !asked && (
        <form
          className="ac-form"
          onSubmit={(event) => {
            event.preventDefault();
            if (said.trim()) return read(said, 'typed');
            form.setErrors([{ pointer: '/said', code: 'missing', detail: t('visits.device.said.missing') }]);
          }}
        >
          <p className="ac-second">{t('visits.device.hint', { device: nameOf(ordered.id) ?? ordered.serial })}</p>
          <Scan label={t('visits.device.scan')} onRead={(code) => read(code, 'scan')} />
          <Field label={t('visits.device.serial')} error={form.errorAt('/said')}>
            {(input) => <input {...input} {...form.text('said')} maxLength={199} autoCapitalize="characters" />}
          </Field>
          <Button type="submit">{t('visits.device.check')}</Button>
          <Refusal problem={command.problem} />
        </form>
      )}
      {asking && asked && (
        <form
          className="ac-form"
          onSubmit={(event) => {
            event.preventDefault();
            if (reason.trim()) return void device.send(said, method, reason.trim(), ended);
            form.setErrors([{ pointer: '/reason', code: 'missing', detail: t('visits.device.reason.missing') }]);
          }}
        >
          <p role="alert" className="af-warn">
            <Icon name="warning" size={16} />{' '}
            {other ? t('visits.device.other', { device: nameOf(other) ?? said }) : t('visits.device.unknown', { said })}
          </p>
          <Field label={t('visits.device.reason')} required error={form.errorAt('/reason')}>
            {(input) => <textarea {...input} {...form.text('reason')} maxLength={500} rows={2} />}
          </Field>
          {(!command.problem || command.problem.errors.length === 0) && <Refusal problem={command.problem} />}
          <div className="af-actions">
            <Button onClick={form.reset}>{t('visits.device.again')}</Button>
            <Button type="submit">{t('visits.device.go_on')}</Button>
          </div>
        </form>
      )}
      {open && !asking && (
        <Button icon="again" onClick={() => setAgain(true)}>
          {t('visits.device.once_more')}
        </Button>
      )}
    </Section>
  );
}
