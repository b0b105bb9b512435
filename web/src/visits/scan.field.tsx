/**
 * Scanning with the phone's own reader (BarcodeDetector). Where a browser has none, the typing path says so: a reader of our own
 * would weigh more than the whole app (decision 22).
 */
import { useEffect, useRef, useState } from 'react';
import { useT } from '../i18n/index.ts';
import { Button } from '../ui/button.tsx';

interface Detector {
  detect: (source: HTMLVideoElement) => Promise<{ rawValue: string }[]>;
}
type DetectorClass = { new (of?: { formats: string[] }): Detector; getSupportedFormats?: () => Promise<string[]> };

const detectorClass = (): DetectorClass | undefined =>
  (globalThis as unknown as { BarcodeDetector?: DetectorClass }).BarcodeDetector;

/** Whether this phone can scan at all. */
export const canScan = (): boolean =>
  detectorClass() !== undefined && typeof navigator.mediaDevices?.getUserMedia === 'function';

/** What stands on labels of devices and parts. */
const formats = ['qr_code', 'data_matrix', 'code_128', 'code_39', 'ean_13', 'itf'];

/** How often a picture of the camera is looked at, in milliseconds. */
const look_ms = 200;

async function makeDetector(): Promise<Detector | undefined> {
  const Class = detectorClass();
  if (!Class) return undefined;
  const known = await Class.getSupportedFormats?.().catch(() => undefined);
  const wanted = known ? formats.filter((format) => known.includes(format)) : formats;
  return wanted.length > 0 ? new Class({ formats: wanted }) : undefined;
}

function Camera({ label, onRead, onClose }: { label: string; onRead: (said: string) => void; onClose: () => void }) {
  const t = useT();
  const video = useRef<HTMLVideoElement>(null);
  const dialog = useRef<HTMLDialogElement>(null);
  const [failed, setFailed] = useState(false);
  const read = useRef(onRead);
  read.current = onRead;
  useEffect(() => {
    dialog.current?.showModal();
    let stream: MediaStream | undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let gone = false;
    const stop = () => {
      gone = true;
      clearTimeout(timer);
      for (const track of stream?.getTracks() ?? []) track.stop();
    };
    const begin = async () => {
      const detector = await makeDetector();
      if (!detector) throw new Error('no format');
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } });
      const screen = video.current;
      if (gone || !screen) return stop();
      screen.srcObject = stream;
      await screen.play();
      const look = async () => {
        if (gone) return;
        const found = await detector.detect(screen).catch(() => []);
        const said = found.map(({ rawValue }) => rawValue.trim()).find(Boolean);
        if (gone) return;
        if (said === undefined) {
          timer = setTimeout(() => void look(), look_ms);
          return;
        }
        stop();
        navigator.vibrate?.(60);
        read.current(said);
      };
      await look();
    };
    begin().catch(() => {
      stop();
      setFailed(true);
    });
    return stop;
  }, []);
  return (
    <dialog ref={dialog} className="af-scan" aria-label={label} onClose={onClose} onCancel={onClose}>
      {failed ? (
        <p role="alert">{t('visits.scan.no_camera')}</p>
      ) : (
        <>
          <video ref={video} playsInline muted />
          <p role="status">{t('visits.scan.aim')}</p>
        </>
      )}
      <Button onClick={onClose}>{t('visits.scan.type')}</Button>
    </dialog>
  );
}

/** A button that scans one code, or says that this phone can't. */
export function Scan({ label, onRead }: { label: string; onRead: (said: string) => void }) {
  const t = useT();
  const [open, setOpen] = useState(false);
  if (!canScan()) return <p className="ac-hint">{t('visits.scan.missing')}</p>;
  return (
    <>
      <Button icon="photo" onClick={() => setOpen(true)}>
        {label}
      </Button>
      {open && (
        <Camera
          label={label}
          onClose={() => setOpen(false)}
          onRead={(said) => {
            setOpen(false);
            onRead(said);
          }}
        />
      )}
    </>
  );
}
