/** Pictures of what may be wrong: a few strokes each, so that they cost nothing and are seen in both looks. */

const drawn: Record<string, string> = {
  no_power: 'M13 3L6 13h5l-1 8 8-11h-5zM3 3l18 18',
  no_response: 'M5 4h14v11H5zM9 20h6M12 15v5M9.5 8l5 4M14.5 8l-5 4',
  wrong_reading: 'M4 8V4h4M20 8V4h-4M4 16v4h4M20 16v4h-4M8 12h2M14 12h2M12 8v8',
  does_not_move: 'M4 20V9h4v11M8 12h13M3 20h6M14 8l4 8M18 8l-4 8',
  does_not_stop: 'M4 20V9h4v11M8 11l12-6M8 13l12 4M3 20h6M17 9v4',
  noise: 'M4 10v4h4l5 4V6L8 10zM16 9a4 4 0 010 6M18.5 6.5a8 8 0 010 11',
  no_connection: 'M3 4l18 17M8 17.5a6 6 0 018 0M5 13.5a10 10 0 013.5-2M19 13.5a10 10 0 00-5-2.7M12 20.5v.01',
  software_error: 'M4 4h16v13H4zM9 21h6M12 17v4M12 7v4M12 13.5v.01',
  display: 'M3 5h18v12H3zM8 21h8M7 9l3 2-3 2M12 13h5',
  damaged: 'M12 3l2 6 6-1-4 5 4 5-6-1-2 5-2-5-6 1 4-5-4-5 6 1z',
};
const other = 'M12 21a9 9 0 100-18 9 9 0 000 18zM9.5 9.5a2.5 2.5 0 114 2c-1 .8-1.5 1.2-1.5 2.5M12 17v.01';

/** The picture of a symptom; one that is new to us has a question mark. */
export function SymptomPicture({ code }: { code: string }) {
  return (
    <svg
      width={32}
      height={32}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth={1.75}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden
      focusable="false"
    >
      <path d={drawn[code] ?? other} />
    </svg>
  );
}
