// Profile M2: a weak phone on a weak network, and what a walk costs on it: taps, screens, kilobytes, seconds.

import { PHONE, person } from './browser.mjs';

/** 400 kbit/s each way, 400 ms, a processor six times slower. */
const NETWORK = { offline: false, latency: 400, downloadThroughput: 50_000, uploadThroughput: 50_000 };
const CPU = 6;

/** A customer without an account on a weak phone. */
export async function weakPhone(world, { name, lang, dark = false }) {
  const self = await person(world, { name, role: null, lang, screen: PHONE, dark });
  const wire = await self.context.newCDPSession(self.page);
  await wire.send('Network.enable');
  await wire.send('Network.emulateNetworkConditions', NETWORK);
  await wire.send('Emulation.setCPUThrottlingRate', { rate: CPU });
  const sizes = new Map();
  let received = 0;
  wire.on('Network.responseReceived', ({ requestId, response }) => sizes.set(requestId, response.url));
  wire.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    if (sizes.get(requestId)?.startsWith(world.demo.url)) received += encodedDataLength;
  });
  self.page.setDefaultTimeout(60_000);
  let taps = 0;
  return Object.assign(self, {
    /** Taps, and counts it. */
    async tap(what) {
      taps += 1;
      await what.tap();
    },
    /** Counts a tap that a system dialog takes, such as that of the camera. */
    count() {
      taps += 1;
    },
    taps: () => taps,
    /** Kilobytes received since the last call. */
    kb() {
      const now = received / 1024;
      received = 0;
      return Math.round(now * 10) / 10;
    },
  });
}

/** Seconds since `from`, to a tenth. */
export const since = (from) => Math.round((performance.now() - from) / 100) / 10;
