/** Where the phone is, if it says so. Nothing waits for it: a basement has no position. */
import { useCallback, useEffect, useState } from 'react';
import type { Schemas } from './requests.ts';

export type Position = Schemas['Position'];

/** The position, or undefined when the phone gives none in time. */
export function readPosition(timeout_ms = 6000): Promise<Position | undefined> {
  return new Promise((done) => {
    if (!navigator.geolocation) {
      done(undefined);
      return;
    }
    // The browser's own limit does not count the time in which it asks the person.
    const late = setTimeout(() => done(undefined), timeout_ms + 2000);
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        clearTimeout(late);
        done({ lon: coords.longitude, lat: coords.latitude, accuracy_m: coords.accuracy });
      },
      () => {
        clearTimeout(late);
        done(undefined);
      },
      { enableHighAccuracy: true, timeout: timeout_ms, maximumAge: 30_000 },
    );
  });
}

/** The position for the distances on the cards: read at once where it was allowed before, else when asked for. */
export function usePosition() {
  const [position, setPosition] = useState<Position>();
  const [askable, setAskable] = useState(false);
  const ask = useCallback(async () => {
    setAskable(false);
    setPosition(await readPosition());
  }, []);
  useEffect(() => {
    void navigator.permissions
      ?.query({ name: 'geolocation' })
      .then(({ state }) => {
        if (state === 'granted') void ask();
        else if (state === 'prompt') setAskable(true);
      })
      .catch(() => {});
  }, [ask]);
  return { position, askable, ask };
}

/** The address that opens a phone's own map program at a point (RFC 5870, WGS-84). */
export function mapLink(point: { lon: number; lat: number }, name: string): string {
  const at = `${point.lat},${point.lon}`;
  return `geo:${at}?q=${at}(${encodeURIComponent(name)})`;
}
