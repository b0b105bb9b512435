/** What a scanned or typed code means: pure, by what the phone carries of the sites. */
import type { Schemas } from './requests.ts';

export type SiteDevice = Schemas['SiteDevice'];

/** The code in the address on one of our labels (`https://…/q/<code>`); the words themselves if it is none. */
export function codeIn(said: string): string {
  const text = said.trim();
  return /^https?:\/\/[^/]+\/q\/([0-9a-z]+)\/?$/i.exec(text)?.[1]?.toLowerCase() ?? text;
}

const plain = (text: string) => text.replace(/[\s-]/g, '').toUpperCase();

/** The device that a code, a plate or a serial number belongs to. A serial number that stands twice says nothing. */
export function deviceOf(said: string, devices: readonly SiteDevice[]): SiteDevice | undefined {
  const code = codeIn(said);
  if (code === '') return undefined;
  const by = (is: (device: SiteDevice) => boolean) => {
    const found = devices.filter(is);
    return found.length === 1 ? found[0] : undefined;
  };
  return (
    by((device) => device.code === code) ??
    by(({ label }) => plain(label) === plain(code)) ??
    by(({ serial }) => plain(serial) === plain(code))
  );
}

/** A serial number as printed beside other things: what a part's own code says, without an address around it. */
export function serialIn(said: string): string {
  const text = said.trim();
  // GS1 Digital Link and element strings carry the serial number under 21 (GS1 General Specifications, 3.5.2).
  const link = /^https?:\/\/.*\/21\/([^/?#]+)/.exec(text)?.[1];
  if (link) return decodeURIComponent(link).slice(0, 80);
  const element = /\(21\)([^(]+)/.exec(text)?.[1];
  return (element ?? text).trim().slice(0, 80);
}
