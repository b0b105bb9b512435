/** A signature on glass: strokes with their times, as they are bound to the document that is signed. */

import { useEffect, useRef } from 'react';
import Pad from 'signature_pad';
import { useT } from '../i18n/index.ts';
import { Button } from './button.tsx';

/** A point of a stroke; `t_ms` counts from the first point of the signature. */
export interface StrokePoint {
  x: number;
  y: number;
  t_ms: number;
}

/** `onChange` gets the strokes after each one; none after clearing. */
export function SignaturePad({ label, onChange }: { label: string; onChange: (strokes: StrokePoint[][]) => void }) {
  const t = useT();
  const canvas = useRef<HTMLCanvasElement>(null);
  const pad = useRef<Pad>(null);
  const report = useRef(onChange);
  report.current = onChange;

  useEffect(() => {
    const element = canvas.current;
    if (!element) return;
    // Ink on paper in both looks: the pad stays white.
    const made = new Pad(element, { penColor: '#16202B', minWidth: 0.8, maxWidth: 2.2 });
    pad.current = made;
    const resize = () => {
      const ratio = Math.max(window.devicePixelRatio || 1, 1);
      const strokes = made.toData();
      element.width = element.offsetWidth * ratio;
      element.height = element.offsetHeight * ratio;
      element.getContext('2d')?.scale(ratio, ratio);
      made.fromData(strokes);
    };
    resize();
    const watch = new ResizeObserver(resize);
    watch.observe(element);
    const end = () => {
      const data = made.toData();
      const start = data[0]?.points[0]?.time ?? 0;
      const whole = (value: number) => Math.min(4096, Math.max(0, Math.round(value)));
      report.current(
        data.map(({ points }) =>
          points.map(({ x, y, time }) => ({ x: whole(x), y: whole(y), t_ms: Math.max(0, Math.round(time - start)) })),
        ),
      );
    };
    made.addEventListener('endStroke', end);
    return () => {
      watch.disconnect();
      made.removeEventListener('endStroke', end);
      made.off();
    };
  }, []);

  return (
    <div className="ac-field">
      <canvas ref={canvas} className="ac-signature" role="img" aria-label={label} />
      <div>
        <Button
          icon="again"
          onClick={() => {
            pad.current?.clear();
            onChange([]);
          }}
        >
          {t('common.signature.clear')}
        </Button>
      </div>
    </div>
  );
}

/** A signature as it was drawn. */
export function SignatureDrawing({ label, strokes }: { label: string; strokes: readonly (readonly StrokePoint[])[] }) {
  const points = strokes.flat();
  if (points.length === 0) return null;
  const left = Math.min(...points.map(({ x }) => x)) - 8;
  const top = Math.min(...points.map(({ y }) => y)) - 8;
  const width = Math.max(...points.map(({ x }) => x)) - left + 8;
  const height = Math.max(...points.map(({ y }) => y)) - top + 8;
  return (
    <svg className="ac-signature-drawn" viewBox={`${left} ${top} ${width} ${height}`} role="img" aria-label={label}>
      {strokes.map((stroke, index) => (
        <polyline
          // biome-ignore lint/suspicious/noArrayIndexKey: strokes are fixed once signed
          key={index}
          points={stroke.map(({ x, y }) => `${x},${y}`).join(' ')}
          fill="none"
          stroke="#16202B"
          strokeWidth={2}
          strokeLinecap="round"
          strokeLinejoin="round"
        />
      ))}
    </svg>
  );
}
