/** Dialogs that register and change assets and products. */
import { useCommand } from '../api/command.ts';
import { keys } from '../api/queries.ts';
import { sites } from '../customers/requests.ts';
import { useT } from '../i18n/index.ts';
import { skillCodes } from '../organisation/requests.ts';
import { announce } from '../ui/announce.tsx';
import { useBoth } from '../ui/both.ts';
import { Field, type Form, useForm } from '../ui/form.tsx';
import { FormDialog } from '../ui-desk/dialog.tsx';
import { useEdit } from '../ui-desk/edit.tsx';
import { type Pick, RecordPicker } from '../ui-desk/picker.tsx';
import {
  type Asset,
  assets,
  changeAsset,
  changeProduct,
  createProduct,
  type Product,
  products,
  registerAsset,
} from './requests.ts';

interface AssetValues {
  serial: string;
  product: Pick | undefined;
  site: Pick | undefined;
  parent: Pick | undefined;
  foreign_components: boolean;
  software_version: string;
}

const assetBody = ({ serial, product, site, parent, foreign_components, software_version }: AssetValues) => ({
  serial: serial.trim(),
  product_id: product?.id ?? '',
  site_id: site?.id ?? '',
  parent_asset_id: parent?.id ?? null,
  foreign_components,
  software_version: software_version.trim() || null,
});

function useAssetCheck() {
  const t = useT();
  return <T extends AssetValues>(form: Form<T>): boolean => {
    const faults = (['product', 'site'] as const).flatMap((name) =>
      form.values[name] ? [] : [{ pointer: `/${name}_id`, code: name, detail: t(`assets.fault.${name}`) }],
    );
    form.setErrors(faults);
    return faults.length === 0;
  };
}

function AssetFields<T extends AssetValues>({ form, own_id }: { form: Form<T>; own_id?: string }) {
  const t = useT();
  const both = useBoth();
  const { values } = form;
  return (
    <>
      <Field label={t('assets.product')} required error={form.errorAt('/product_id')}>
        {(input) => (
          <RecordPicker
            input={input}
            kind="product"
            value={values.product}
            onPick={(pick) => form.set('product', pick as T['product'])}
            find={async (model) => {
              const { items } = await products({ model: model || undefined, active: true, limit: 30 });
              return items.map((each) => ({
                id: each.id,
                label: `${both(each.name)} ${each.model}`,
                detail: each.model_version,
              }));
            }}
          />
        )}
      </Field>
      <Field label={t('assets.serial')} required error={form.errorAt('/serial')}>
        {(input) => <input {...input} {...form.text('serial')} maxLength={64} spellCheck={false} />}
      </Field>
      <Field label={t('assets.site')} required error={form.errorAt('/site_id')}>
        {(input) => (
          <RecordPicker
            input={input}
            kind="site"
            value={values.site}
            onPick={(pick) => {
              form.set('site', pick as T['site']);
              form.set('parent', undefined as T['parent']);
            }}
            find={async (q) => {
              const { items } = await sites({ q: q || undefined, limit: 20 });
              return items.map(({ id, name, customer_name }) => ({ id, label: name, detail: customer_name }));
            }}
          />
        )}
      </Field>
      <Field label={t('assets.parent')} hint={t('assets.parent.hint')} error={form.errorAt('/parent_asset_id')}>
        {(input) => (
          <RecordPicker
            input={input}
            kind={`asset-at-${values.site?.id ?? ''}`}
            value={values.parent}
            disabled={!values.site}
            onPick={(pick) => form.set('parent', pick as T['parent'])}
            find={async (q) => {
              const { items } = await assets({ q: q || undefined, site_id: values.site?.id, limit: 30 });
              return items
                .filter(({ id }) => id !== own_id)
                .map(({ id, serial, product }) => ({ id, label: serial, detail: both(product.name) }));
            }}
          />
        )}
      </Field>
      <Field label={t('assets.software_version')} error={form.errorAt('/software_version')}>
        {(input) => <input {...input} {...form.text('software_version')} maxLength={64} spellCheck={false} />}
      </Field>
      <label className="ad-check">
        <input
          type="checkbox"
          checked={values.foreign_components}
          onChange={(event) => form.set('foreign_components', event.target.checked as T['foreign_components'])}
        />
        {t('assets.foreign_components')}
      </label>
      <p className="ac-hint">{t('assets.foreign_components.hint')}</p>
    </>
  );
}

/** Registers an asset; from a site's page the site is chosen already. */
export function AssetDialog({ site, onClose }: { site?: { id: string; name: string }; onClose: () => void }) {
  const t = useT();
  const check = useAssetCheck();
  const command = useCommand(registerAsset, { touches: [['site'], ['asset']] });
  const form = useForm<AssetValues>({
    initial: {
      serial: '',
      product: undefined,
      site: site && { id: site.id, label: site.name },
      parent: undefined,
      foreign_components: false,
      software_version: '',
    },
    draft_key: `assets.new.${site?.id ?? ''}`,
    problem: command.problem,
  });
  return (
    <FormDialog
      title={t('assets.create')}
      form={form}
      verb={t('assets.create')}
      busy={command.busy}
      problem={command.problem}
      onClose={onClose}
      onSave={async () => {
        if (!check(form) || !(await command.run(assetBody(form.values)))) return;
        form.reset();
        announce(t('common.saved'));
        onClose();
      }}
    >
      <AssetFields form={form} />
    </FormDialog>
  );
}

/** Changes an asset. The day of acceptance is no field: only a signed acceptance sets it. */
export function EditAssetDialog({ asset, onClose }: { asset: Asset; onClose: () => void }) {
  const t = useT();
  const both = useBoth();
  const check = useAssetCheck();
  const label = (pick?: Pick) => pick?.label ?? '—';
  const edit = useEdit({
    view: asset,
    values: (view: Asset): AssetValues => ({
      serial: view.serial,
      product: { id: view.product.id, label: `${both(view.product.name)} ${view.product.model}` },
      site: { id: view.site_id, label: view.site_name },
      parent: view.parent_asset_id ? { id: view.parent_asset_id, label: view.parent_serial ?? '' } : undefined,
      foreign_components: view.foreign_components,
      software_version: view.software_version ?? '',
    }),
    fields: [
      { name: 'product', label: t('assets.product'), show: label },
      { name: 'serial', label: t('assets.serial') },
      { name: 'site', label: t('assets.site'), show: label },
      { name: 'parent', label: t('assets.parent'), show: label },
      { name: 'software_version', label: t('assets.software_version') },
      {
        name: 'foreign_components',
        label: t('assets.foreign_components'),
        show: (on: boolean) => t(on ? 'common.yes' : 'common.no'),
      },
    ],
    draft_key: `assets.${asset.id}`,
    check,
    send: (values, options) => changeAsset(asset.id, assetBody(values), options),
    touches: [keys.one('asset', asset.id), ['asset', 'list'], ['site']],
    onSaved: () => {
      announce(t('common.saved'));
      onClose();
    },
  });
  return (
    <FormDialog
      title={t('assets.change')}
      form={edit.form}
      verb={t('common.save')}
      busy={edit.busy}
      problem={edit.problem}
      conflict={edit.conflict}
      onClose={onClose}
      onSave={() => void edit.save()}
    >
      <AssetFields form={edit.form} own_id={asset.id} />
    </FormDialog>
  );
}

interface ProductValues {
  model: string;
  model_version: string;
  zh_cn: string;
  en: string;
  kind: string;
  active: boolean;
}

const productBody = ({ zh_cn, en, ...values }: ProductValues) => ({
  ...values,
  model: values.model.trim(),
  model_version: values.model_version.trim(),
  name: { zh_cn: zh_cn.trim(), en: en.trim() },
});

const newProduct: ProductValues = { model: '', model_version: '', zh_cn: '', en: '', kind: 'barrier', active: true };

function ProductFields<T extends ProductValues>({ form }: { form: Form<T> }) {
  const t = useT();
  const known = skillCodes as readonly string[];
  return (
    <>
      <div className="ad-two">
        <Field label={t('assets.product.model')} required error={form.errorAt('/model')}>
          {(input) => <input {...input} {...form.text('model')} maxLength={100} spellCheck={false} />}
        </Field>
        <Field label={t('assets.product.model_version')} error={form.errorAt('/model_version')}>
          {(input) => <input {...input} {...form.text('model_version')} maxLength={64} spellCheck={false} />}
        </Field>
        <Field label={t('assets.product.name_zh')} required error={form.errorAt('/name')}>
          {(input) => <input {...input} {...form.text('zh_cn')} lang="zh-CN" maxLength={200} />}
        </Field>
        <Field label={t('assets.product.name_en')}>
          {(input) => <input {...input} {...form.text('en')} lang="en" maxLength={200} />}
        </Field>
      </div>
      <Field
        label={t('assets.product.kind')}
        hint={t('assets.product.kind.hint')}
        required
        error={form.errorAt('/kind')}
      >
        {(input) => (
          <select
            {...input}
            value={form.values.kind}
            onChange={(event) => form.set('kind', event.target.value as T['kind'])}
          >
            {[...new Set([...known, form.values.kind])].map((code) => (
              <option key={code} value={code}>
                {known.includes(code) ? t(`organisation.skill.${code}`) : code}
              </option>
            ))}
          </select>
        )}
      </Field>
      <label className="ad-check">
        <input
          type="checkbox"
          checked={form.values.active}
          onChange={(event) => form.set('active', event.target.checked as T['active'])}
        />
        {t('assets.product.active')}
      </label>
    </>
  );
}

/** A new product of the catalogue. */
export function ProductDialog({ onClose }: { onClose: () => void }) {
  const t = useT();
  const command = useCommand(createProduct, { touches: [['product']] });
  const form = useForm({ initial: newProduct, draft_key: 'assets.product.new', problem: command.problem });
  return (
    <FormDialog
      title={t('assets.product.create')}
      form={form}
      verb={t('assets.product.create')}
      busy={command.busy}
      problem={command.problem}
      onClose={onClose}
      onSave={async () => {
        if (!(await command.run(productBody(form.values)))) return;
        form.reset();
        announce(t('common.saved'));
        onClose();
      }}
    >
      <ProductFields form={form} />
    </FormDialog>
  );
}

/** Changes a product. */
export function EditProductDialog({ product, onClose }: { product: Product; onClose: () => void }) {
  const t = useT();
  const edit = useEdit({
    view: product,
    values: (view: Product): ProductValues => ({
      model: view.model,
      model_version: view.model_version,
      zh_cn: view.name.zh_cn,
      en: view.name.en ?? '',
      kind: view.kind,
      active: view.active,
    }),
    fields: [
      { name: 'model', label: t('assets.product.model') },
      { name: 'model_version', label: t('assets.product.model_version') },
      { name: 'zh_cn', label: t('assets.product.name_zh') },
      { name: 'en', label: t('assets.product.name_en') },
      { name: 'kind', label: t('assets.product.kind') },
      { name: 'active', label: t('assets.product.active'), show: (on: boolean) => t(on ? 'common.yes' : 'common.no') },
    ],
    draft_key: `assets.product.${product.id}`,
    send: (values, options) => changeProduct(product.id, productBody(values), options),
    touches: [['product']],
    onSaved: () => {
      announce(t('common.saved'));
      onClose();
    },
  });
  return (
    <FormDialog
      title={`${t('assets.product.change')} ${product.model}`}
      form={edit.form}
      verb={t('common.save')}
      busy={edit.busy}
      problem={edit.problem}
      conflict={edit.conflict}
      onClose={onClose}
      onSave={() => void edit.save()}
    >
      <ProductFields form={edit.form} />
    </FormDialog>
  );
}
