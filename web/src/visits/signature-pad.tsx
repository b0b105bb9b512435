/** A field to sign in with a finger: gives strokes, or a picture of them. */
import { type Ref, useEffect, useImperativeHandle, useRef, useState } from 'react';
import Pad from 'signature_pad';
import { useT } from '../i18n/index.ts';
import { Button } from '../ui/button.tsx';
import type { Strokes } from './requests.ts';

/** What a screen asks of the field. */
export interface SignatureHandle {
  /** The strokes in the units of the API; empty if nobody signed. */
  strokes: () => Strokes;
  /** A picture of the signature, black on white; undefined if nobody signed. */
  picture: () => Promise<Blob | undefined>;
}

/** Points of the field as the API takes them: whole pixels from 0 to 4096, milliseconds since the first point. */
export function toStrokes(groups: readonly { points: readonly { x: number; y: number; time: number }[] }[]): Strokes {
  const start = groups[0]?.points[0]?.time ?? 0;
  const within = (value: number) => Math.min(4096, Math.max(0, Math.round(value)));
  return groups
    .filter(({ points }) => points.length > 0)
    .map(({ points }) =>
      points.map(({ x, y, time }) => ({ x: within(x), y: within(y), t_ms: Math.max(0, Math.round(time - start)) })),
    );
}

export function SignaturePad({
  label,
  ref,
  onSigned,
}: {
  label: string;
  ref: Ref<SignatureHandle>;
  onSigned?: (signed: boolean) => void;
}) {
  const t = useT();
  const canvas = useRef<HTMLCanvasElement>(null);
  const pad = useRef<Pad>(null);
  const [signed, setSigned] = useState(false);
  const tell = useRef(onSigned);
  tell.current = onSigned;

  useEffect(() => {
    const element = canvas.current;
    if (!element) return;
    // White in every theme: it is paper, and the picture of it is kept as evidence.
    const made = new Pad(element, { penColor: '#111', backgroundColor: '#fff', minWidth: 1, maxWidth: 2.8 });
    pad.current = made;
    const size = () => {
      const ratio = Math.max(1, globalThis.devicePixelRatio || 1);
      const [width, height] = [element.offsetWidth * ratio, element.offsetHeight * ratio];
      if (element.width === width && element.height === height) return;
      element.width = width;
      element.height = height;
      element.getContext('2d')?.scale(ratio, ratio);
      // A change of size wipes the canvas: what was drawn is drawn again.
      made.fromData(made.toData());
    };
    const end = () => {
      setSigned(!made.isEmpty());
      tell.current?.(!made.isEmpty());
    };
    size();
    made.addEventListener('endStroke', end);
    addEventListener('resize', size);
    return () => {
      removeEventListener('resize', size);
      made.removeEventListener('endStroke', end);
      made.off();
    };
  }, []);

  useImperativeHandle(ref, () => ({
    strokes: () => (pad.current && !pad.current.isEmpty() ? toStrokes(pad.current.toData()) : []),
    picture: () =>
      new Promise((done) => {
        if (!canvas.current || !pad.current || pad.current.isEmpty()) done(undefined);
        else canvas.current.toBlob((blob) => done(blob ?? undefined), 'image/png');
      }),
  }));

  return (
    <div className="af-sign">
      <canvas ref={canvas} className="af-sign-field" aria-label={label} role="img" />
      <p className="af-split">
        <span className="ac-second">{t('visits.sign.here')}</span>
        <Button
          disabled={!signed}
          onClick={() => {
            pad.current?.clear();
            setSigned(false);
            tell.current?.(false);
          }}
        >
          {t('visits.sign.clear')}
        </Button>
      </p>
    </div>
  );
}
