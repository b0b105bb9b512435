/** The shown list as a file: its filters and its columns, CSV or XLSX. The browser fetches it, so that a long list never stands in memory. */
import { Dropdown } from 'antd';
import { useT } from '../i18n/index.ts';
import { Icon } from '../ui/icon.tsx';
import { exportAddress } from './export-address.ts';
import type { CaseFilter } from './requests.ts';

export function ExportMenu({ filter, columns }: { filter: CaseFilter; columns: readonly string[] }) {
  const t = useT();
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        items: (['csv', 'xlsx'] as const).map((format) => ({
          key: format,
          label: (
            <a href={exportAddress(format, filter, columns)} download>
              {t(`common.list.export.${format}`)}
            </a>
          ),
        })),
      }}
    >
      <button type="button" className="ac-button" aria-haspopup="menu">
        {t('common.list.export')} <Icon name="down" size={12} />
      </button>
    </Dropdown>
  );
}
