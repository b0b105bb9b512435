/** A list as a file: the filters and columns that are shown, CSV or XLSX. The browser fetches it, so that a long list never stands in memory. */
import { Dropdown } from 'antd';
import { useT } from '../i18n/index.ts';
import { Icon } from '../ui/icon.tsx';
import { exportAddress } from './export-address.ts';
import type { ListPlace } from './list-place.ts';

export function ExportMenu(props: {
  /** `/api/cases/export`. */
  path: string;
  query: Readonly<Record<string, unknown>>;
  place: Pick<ListPlace, 'columns'>;
  /** The list's own columns: what a file holds while nobody has chosen others. */
  columns: readonly { key: string }[];
}) {
  const t = useT();
  const { path, query, place, columns } = props;
  const shown = place.columns ?? columns.map(({ key }) => key);
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        items: (['csv', 'xlsx'] as const).map((format) => ({
          key: format,
          label: (
            <a href={exportAddress(path, format, query, shown)} download>
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
