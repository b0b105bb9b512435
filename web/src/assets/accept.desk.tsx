/** The customer signs that equipment was accepted: the only start of a warranty (P28). */
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useCommand } from '../api/command.ts';
import { keys } from '../api/queries.ts';
import { serverNow } from '../api/server-clock.ts';
import { site as readSite, type SiteView } from '../customers/requests.ts';
import { useT } from '../i18n/index.ts';
import { announce } from '../ui/announce.tsx';
import { useBoth } from '../ui/both.ts';
import { Field, useForm } from '../ui/form.tsx';
import { dayOf } from '../ui/format.ts';
import { SignaturePad, type StrokePoint } from '../ui/signature.tsx';
import { Empty, Query } from '../ui/states.tsx';
import { Checks } from '../ui-desk/checks.tsx';
import { FormPage } from '../ui-desk/form-page.tsx';
import { recordAcceptance } from './requests.ts';

export default function AcceptPage() {
  const t = useT();
  const search = useSearch({ strict: false }) as { site?: string; asset?: string };
  const id = search.site ?? '';
  const query = useQuery({ queryKey: keys.one('site', id), queryFn: () => readSite(id), enabled: id !== '' });
  if (!id) return <Empty title={t('assets.accept.no_site')} hint={t('assets.accept.no_site.hint')} />;
  return <Query of={query}>{(site) => <AcceptForm site={site} first={search.asset} />}</Query>;
}

function AcceptForm({ site, first }: { site: SiteView; first: string | undefined }) {
  const t = useT();
  const both = useBoth();
  const navigate = useNavigate();
  const open = site.assets.filter(({ accepted_on }) => !accepted_on);
  const today = dayOf(serverNow(), site.zone);
  // The signature is no draft: whoever signs sees the document they sign.
  const [strokes, setStrokes] = useState<StrokePoint[][]>([]);
  const command = useCommand(recordAcceptance, { touches: [['site'], ['asset'], ['customer']] });
  const form = useForm({
    initial: { asset_ids: first ? [first] : open.map(({ id }) => id), accepted_on: today, signed_by_name: '' },
    draft_key: `assets.accept.${site.id}`,
    problem: command.problem,
  });
  const { values } = form;
  const chosen = open.filter(({ id }) => values.asset_ids.includes(id));

  const save = async () => {
    const faults = [
      ...(chosen.length === 0 ? ['asset_ids'] : []),
      ...(values.signed_by_name.trim() ? [] : ['signed_by_name']),
      ...(strokes.length === 0 ? ['signature'] : []),
    ].map((name) => ({ pointer: `/${name}`, code: name, detail: t(`assets.accept.fault.${name}`) }));
    form.setErrors(faults);
    if (faults.length > 0) return;
    const made = await command.run({
      site_id: site.id,
      asset_ids: chosen.map(({ id }) => id),
      accepted_on: values.accepted_on,
      signed_by_name: values.signed_by_name.trim(),
      signature: { strokes },
    });
    if (!made) return;
    form.reset();
    announce(t('assets.accept.done', { number: made.number }));
    void navigate({ to: `/acceptances/${made.id}`, replace: true });
  };

  if (open.length === 0) return <Empty title={t('assets.accept.nothing')} hint={t('assets.accept.nothing.hint')} />;
  return (
    <FormPage
      title={t('assets.accept.title')}
      form={form}
      verb={t('assets.accept.verb')}
      busy={command.busy}
      problem={command.problem}
      onSave={() => void save()}
      onCancel={() => void navigate({ to: `/sites/${site.id}` })}
      aside={
        <section className="ac-panel ad-panel">
          <h2>{t('assets.accept.document')}</h2>
          <p>
            {t('assets.accept.statement', { customer: site.customer_name, site: site.name, date: values.accepted_on })}
          </p>
          <ul className="ad-consequences">
            {chosen.map(({ id, serial, product }) => (
              <li key={id}>{`${both(product.name)} ${product.model} · ${serial}`}</li>
            ))}
          </ul>
          <p className="ac-second">{t('assets.accept.effect')}</p>
        </section>
      }
    >
      <Checks
        legend={t('assets.accept.assets')}
        value={values.asset_ids}
        options={open.map(({ id, serial, product }) => ({ value: id, label: `${serial} · ${both(product.name)}` }))}
        onChange={(next) => form.set('asset_ids', next)}
        error={form.errorAt('/asset_ids')}
      />
      <Field
        label={t('assets.accepted_on')}
        hint={t('assets.accepted_on.hint')}
        required
        error={form.errorAt('/accepted_on')}
      >
        {(input) => <input {...input} {...form.text('accepted_on')} type="date" max={today} />}
      </Field>
      <Field label={t('assets.signed_by_name')} required error={form.errorAt('/signed_by_name')}>
        {(input) => <input {...input} {...form.text('signed_by_name')} maxLength={80} autoComplete="off" />}
      </Field>
      <Field
        label={t('assets.signature')}
        hint={t('assets.signature.hint')}
        required
        error={form.errorAt('/signature')}
      >
        {() => <SignaturePad label={t('assets.signature')} onChange={setStrokes} />}
      </Field>
    </FormPage>
  );
}
