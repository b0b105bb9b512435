// How Chromium is started wherever it works for us: alone, without a screen, and asking nobody on the net for anything.

export const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
