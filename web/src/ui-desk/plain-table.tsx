/** A short table without scrolling of its own: what a record has. Long lists use `ListPage`. */
import type { ReactNode } from 'react';
import './detail.css';

export interface PlainColumn<Row> {
  key: string;
  title: string;
  align?: 'left' | 'right';
  render: (row: Row) => ReactNode;
}

export function PlainTable<Row>(props: {
  label: string;
  columns: readonly PlainColumn<Row>[];
  rows: readonly Row[];
  rowId: (row: Row, index: number) => string;
}) {
  const { label, columns, rows, rowId } = props;
  return (
    <div className="ad-scroll">
      <table className="ad-plain-table" aria-label={label}>
        <thead>
          <tr>
            {columns.map(({ key, title, align }) => (
              <th key={key} scope="col" style={{ textAlign: align }}>
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={rowId(row, index)}>
              {columns.map(({ key, align, render }) => (
                <td key={key} style={{ textAlign: align }}>
                  {render(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
