/** Which columns a list shows: a menu with a box for each; the first column stays. */
import { Dropdown } from 'antd';
import { useT } from '../i18n/index.ts';
import { Icon } from '../ui/icon.tsx';

export function ColumnChoice(props: {
  all: readonly { key: string; label: string }[];
  shown: readonly string[];
  /** Undefined: the list's own columns. */
  onChange: (columns: readonly string[] | undefined) => void;
}) {
  const t = useT();
  const { all, shown, onChange } = props;
  const fixed = all[0]?.key;
  const toggle = (key: string) => {
    if (key === 'reset') {
      onChange(undefined);
      return;
    }
    const next = all
      .map((column) => column.key)
      .filter((each) => (each === key ? !shown.includes(each) : shown.includes(each)));
    onChange(next);
  };
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        selectable: true,
        multiple: true,
        selectedKeys: [...shown],
        items: [
          ...all.map(({ key, label }) => ({ key, label, disabled: key === fixed })),
          { type: 'divider' as const },
          { key: 'reset', label: t('common.list.columns.reset') },
        ],
        onClick: ({ key }) => toggle(key),
      }}
    >
      <button type="button" className="ac-button ad-column-choice" aria-haspopup="menu">
        {t('common.list.columns')} <Icon name="down" size={12} />
      </button>
    </Dropdown>
  );
}
