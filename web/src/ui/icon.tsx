/** The one set of icons: 24 × 24, drawn with strokes. A word stands beside an icon unless it is universal. */

const paths = {
  home: 'M4 11l8-7 8 7v9h-5v-6H9v6H4z',
  intake: 'M5 4h4l2 5-2.5 1.5a11 11 0 005 5L15 13l5 2v4a1 1 0 01-1 1A15 15 0 014 5a1 1 0 011-1z',
  cases: 'M5 4h14v16H5zM8 9h8M8 13h8M8 17h5',
  dispatch: 'M4 6h9M4 12h13M4 18h6M17 4v4M20 10v4M13 16v4',
  customers:
    'M9 11a3.5 3.5 0 100-7 3.5 3.5 0 000 7zM3 20a6 6 0 0112 0M15.5 4.5a3.5 3.5 0 010 6.4M17 14.5A6 6 0 0121 20',
  parts: 'M12 3l8 4.5v9L12 21l-8-4.5v-9zM4 7.5l8 4.5 8-4.5M12 12v9',
  billing: 'M6 3h12v18l-3-2-3 2-3-2-3 2zM9 8l3 3 3-3M12 11v5M9.5 13h5',
  care: 'M12 20s-8-4.7-8-10.5A4.5 4.5 0 0112 7a4.5 4.5 0 018 2.5C20 15.3 12 20 12 20z',
  training: 'M3 9l9-4 9 4-9 4zM7 11v5c3 2.5 7 2.5 10 0v-5M21 9v6',
  software: 'M4 5h16v11H4zM9 20h6M12 16v4M9 9l-2 1.5L9 12M15 9l2 1.5-2 1.5',
  knowledge: 'M12 6c-2-1.5-5-2-8-1.5v13c3-.5 6 0 8 1.5 2-1.5 5-2 8-1.5v-13C17 4 14 4.5 12 6zM12 6v13',
  reports: 'M4 20h16M7 20v-7M12 20V5M17 20v-10',
  settings:
    'M12 15a3 3 0 100-6 3 3 0 000 6zM12 3v3M12 18v3M4.2 7.5l2.6 1.5M17.2 15l2.6 1.5M4.2 16.5L6.8 15M17.2 9l2.6-1.5',
  search: 'M10.5 17a6.5 6.5 0 100-13 6.5 6.5 0 000 13zM15.5 15.5L21 21',
  person: 'M12 12a4 4 0 100-8 4 4 0 000 8zM5 20a7 7 0 0114 0',
  check: 'M5 12.5l4.5 4.5L19 7.5',
  cross: 'M6 6l12 12M18 6L6 18',
  clock: 'M12 21a9 9 0 100-18 9 9 0 000 18zM12 7v5l3.5 2',
  pause: 'M9 5v14M15 5v14',
  warning: 'M12 4l9 16H3zM12 10v5M12 17.5v.01',
  phone: 'M5 4h4l2 5-2.5 1.5a11 11 0 005 5L15 13l5 2v4a1 1 0 01-1 1A15 15 0 014 5a1 1 0 011-1z',
  calendar: 'M4 6h16v14H4zM4 10h16M8 3v4M16 3v4',
  sent: 'M4 12l16-8-5 16-3.5-6.5zM11.5 13.5L20 4',
  travel: 'M5 16V9l2-4h10l2 4v7M5 16h14M5 11h14M8 16v3M16 16v3',
  pin: 'M12 21s7-6.5 7-11.5a7 7 0 00-14 0C5 14.5 12 21 12 21zM12 12a2.5 2.5 0 100-5 2.5 2.5 0 000 5z',
  wrench: 'M14.5 6.5a4 4 0 015-1l-2.5 2.5 1 2 2 1 1.5-2.5a4 4 0 01-5.5 4.5L8 20.5 4 16.5l7.5-7.5a4 4 0 013-2.5z',
  dot: 'M12 15a3 3 0 100-6 3 3 0 000 6z',
  draft: 'M5 20l1-5L16 5l4 4L10 19zM14 7l4 4',
  merge: 'M6 4v5c0 3 6 4 6 8v3M18 4v5c0 3-6 4-6 8',
  again: 'M5 12a7 7 0 0112-5l2 2M19 4v5h-5M19 12a7 7 0 01-12 5l-2-2M5 20v-5h5',
  lock: 'M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 017 0v3',
  sign: 'M4 18c4-1 5-12 7-12s-1 10 1 10 2-5 4-5 0 4 4 3M4 21h16',
  door: 'M6 21V4l9-1v18M15 5h3v16M4 21h16M12 12v.01',
  shield: 'M12 3l8 3v6c0 4.5-3.5 7.5-8 9-4.5-1.5-8-4.5-8-9V6z',
  question: 'M12 21a9 9 0 100-18 9 9 0 000 18zM9.5 9.5a2.5 2.5 0 114 2c-1 .8-1.5 1.2-1.5 2.5M12 17v.01',
  up: 'M6 14l6-6 6 6M6 20l6-6 6 6',
  note: 'M5 4h14v11l-5 5H5zM14 20v-5h5',
  message: 'M4 5h16v11H10l-4 4v-4H4z',
  photo: 'M4 7h4l1.5-2h5L16 7h4v12H4zM12 16a3.5 3.5 0 100-7 3.5 3.5 0 000 7z',
  money: 'M6 4l6 7 6-7M12 11v9M7.5 12.5h9M7.5 16h9',
  today: 'M4 6h16v14H4zM4 10h16M8 3v4M16 3v4M9 15l2 2 4-4',
  outbox: 'M4 13l3-8h10l3 8v6H4zM4 13h5l1 2.5h4l1-2.5h5',
  offline:
    'M3 4l18 17M8 17.5a6 6 0 018 0M5 13.5a10 10 0 013.5-2M19 13.5a10 10 0 00-5-2.7M2.5 9.5A15 15 0 016 7.3M21.5 9.5A15 15 0 0010.5 6M12 20.5v.01',
  more: 'M6 12v.01M12 12v.01M18 12v.01',
  back: 'M15 5l-7 7 7 7',
  right: 'M9 5l7 7-7 7',
  down: 'M5 9l7 7 7-7',
  plus: 'M12 5v14M5 12h14',
  eye: 'M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12zM12 15a3 3 0 100-6 3 3 0 000 6z',
  inbox: 'M4 13l3-8h10l3 8v6H4zM4 13h5l1 2.5h4l1-2.5h5M12 4v6M9.5 8l2.5 2.5L14.5 8',
} as const;

export type IconName = keyof typeof paths;

/** An icon in the colour of the text around it. `title` makes it speak; without it, it is silent decoration. */
export function Icon({ name, size = 16, title }: { name: IconName; size?: number; title?: string }) {
  return (
    <svg
      className="ac-icon"
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth={name === 'more' || name === 'dot' ? 3 : 2}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden={title ? undefined : true}
      role={title ? 'img' : undefined}
      aria-label={title}
      focusable="false"
    >
      <path d={paths[name]} />
    </svg>
  );
}
