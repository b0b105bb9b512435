/**
 * What the server wrote into the page before sending it (decision 22: the first screen needs no second request). In
 * track/index.html the server puts `<script type="application/json" id="first-data">…</script>` in the place of
 * `<!--first-data-->`, with every `<` in the JSON written as `\u003c`.
 */

/** What every customer's page has: whose page it is and how to phone them. */
export interface Host {
  company_name: string;
  hotline: string | null;
  hotline_open?: boolean;
  /** Zone of the site, in which times are shown. */
  zone?: string;
}

/** First data: the host, the server's time, and under `page` what the screen at this address shows. */
export interface FirstData {
  host: Host;
  now?: string;
  page?: unknown;
}

/** Reads the data that came with the page; undefined when there are none (a preview, an old cache). */
export function firstData(): FirstData | undefined {
  const text = document.getElementById('first-data')?.textContent;
  if (!text) return undefined;
  try {
    const data = JSON.parse(text) as Partial<FirstData>;
    return typeof data.host?.company_name === 'string' ? (data as FirstData) : undefined;
  } catch {
    return undefined;
  }
}
