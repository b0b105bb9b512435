/** What the panels of the home page share: tiles with a number, and lines that open the thing. */
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import '../cases/cases.css';

/** A number with its word; it leads to the list it counts. */
export interface Tile {
  key: string;
  label: string;
  count: number | string;
  grave?: boolean;
  /** For an amount of money: large figures with their currency need the room of two. */
  wide?: boolean;
  to?: string;
  search?: Record<string, string>;
}

export function Panel(props: { title: string; action?: ReactNode; tiles?: readonly Tile[]; children?: ReactNode }) {
  const { title, action, tiles = [], children } = props;
  return (
    <section className="ac-panel ad-todo">
      <div className="ad-head">
        <h2>{title}</h2>
        {action}
      </div>
      {tiles.length > 0 && (
        <div className="ad-tiles">
          {tiles.map(({ key, label, count, grave = false, wide = false, to, search }) => {
            const content = (
              <>
                <span className="ac-figure">{count}</span>
                <span>{label}</span>
              </>
            );
            const cries = grave && count !== 0;
            const name = wide ? 'ad-tile ad-tile-wide' : 'ad-tile';
            return to ? (
              <Link key={key} to={to} search={search ?? {}} className={name} data-grave={cries}>
                {content}
              </Link>
            ) : (
              <div key={key} className={name} data-grave={cries}>
                {content}
              </div>
            );
          })}
        </div>
      )}
      {children}
    </section>
  );
}

/** A line: when, what and where, and what stands at its end. */
export function Line(props: { to?: string; when: ReactNode; what: ReactNode; detail?: ReactNode; end?: ReactNode }) {
  const { to, when, what, detail, end } = props;
  const content = (
    <>
      <span className="ad-todo-when">{when}</span>
      <span className="ad-todo-what">
        {what}
        {detail && <span className="ac-second ad-clip">{detail}</span>}
      </span>
      <span className="ad-badges">{end}</span>
    </>
  );
  return (
    <li>
      {to ? (
        <Link to={to} className="ad-todo-item">
          {content}
        </Link>
      ) : (
        <div className="ad-todo-item">{content}</div>
      )}
    </li>
  );
}
