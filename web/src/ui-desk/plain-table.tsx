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
  /** Where there is no room for columns, each row is a card: its first cell on top, the others each with its title. */
  cards?: boolean;
}) {
  const { label, columns, rows, rowId, cards = false } = props;
  return (
    <div className="ad-scroll">
      <table className={cards ? 'ad-plain-table ad-plain-cards' : 'ad-plain-table'} aria-label={label}>
        <thead>
          <tr>
            {columns.map(({ key, title, align }) => (
              <th key={key} scope="col" data-align={align}>
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={rowId(row, index)}>
              {columns.map(({ key, title, align, render }) => (
                <td key={key} data-align={align} data-title={title}>
                  {cards ? <div>{render(row)}</div> : render(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
