/**
 * Sums of a service order on a phone without a signal: the server's arithmetic (decision 14) on the prices and payers of the
 * day's packet (decision 13). Nothing is decided here; the server compares what was shown with what it finds.
 */
import type { DayCard, PriceLine, Schemas, Visit } from '../requests.ts';

type Charge = Schemas['ChargeView'];
type Line = Schemas['Line'];
type Payer = Schemas['Payer'];
type QuoteDocument = Schemas['QuoteDocument'];

/** Rounded half up, away from zero. */
function divided(value: bigint, by: bigint): number {
  const half = by / 2n;
  return Number(value >= 0n ? (value + half) / by : -((-value + half) / by));
}

/** Net, tax and gross of a line. */
export function lineAmounts(price_minor: number, quantity_milli: number, tax_ppm: number, tax_included: boolean) {
  const amount = divided(BigInt(price_minor) * BigInt(quantity_milli), 1000n);
  const rate = BigInt(tax_ppm);
  const tax_minor = tax_included
    ? divided(BigInt(amount) * rate, 1_000_000n + rate)
    : divided(BigInt(amount) * rate, 1_000_000n);
  return tax_included
    ? { net_minor: amount - tax_minor, tax_minor, gross_minor: amount }
    : { net_minor: amount, tax_minor, gross_minor: amount + tax_minor };
}

/** What this customer pays per unit: the lowest of the prices they are entitled to (P54). */
export function priceFor(line: PriceLine, levels: Schemas['CustomerLevels'] | undefined): number {
  const entitled = [
    levels?.agreement ? line.agreement_price_minor : undefined,
    levels?.vip ? line.vip_price_minor : undefined,
  ].filter((price): price is number => typeof price === 'number');
  return Math.min(line.price_minor, ...entitled);
}

/** Who pays a kind of charge, as the packet says; undefined while that is not decided. */
export type PayerOf = (kind: string) => Payer | undefined;

/** A charge as the server will make it, under the command's own id. */
export function chargeOf(
  id: string,
  at: string,
  visit: Visit,
  card: DayCard | undefined,
  line: PriceLine,
  quantity_milli: number,
  part_serial: string | null,
  payer: Payer,
): Charge {
  const price_minor = priceFor(line, card?.price_levels);
  const amounts = lineAmounts(price_minor, quantity_milli, line.tax_ppm, line.tax_included);
  return {
    id,
    added_at: at,
    amounts,
    case_id: visit.order.case_id,
    currency: line.currency,
    decided_payer: payer,
    description: line.description,
    kind: line.kind,
    ordinal: Math.max(0, ...visit.charges.items.map(({ ordinal }) => ordinal)) + 1,
    part_serial,
    payer,
    price_level: 'standard',
    price_line_id: line.id,
    price_minor,
    quantity_milli,
    tax_included: line.tax_included,
    tax_ppm: line.tax_ppm,
    ...owed(amounts.gross_minor, payer),
    unit: line.unit,
    version: 1,
    work_order_id: visit.order.id,
  };
}

const owed = (gross_minor: number, payer: Payer) =>
  payer === 'customer' ? { total_minor: gross_minor, waived_minor: 0 } : { total_minor: 0, waived_minor: gross_minor };

/** Charges with the payers of a new verdict; those that a person set by hand stay. */
export function repaid(items: readonly Charge[], payerOf: PayerOf): Charge[] {
  return items.map((charge) => {
    const payer = charge.override_reason ? charge.payer : (payerOf(charge.kind) ?? charge.payer);
    return { ...charge, payer, ...owed(charge.amounts.gross_minor, payer) };
  });
}

/** Charges with their sums. */
export function chargesView(items: readonly Charge[]): Schemas['ChargesView'] {
  const sum = (of: readonly Charge[], amount: (charge: Charge) => number) =>
    of.reduce((total, charge) => total + amount(charge), 0);
  const side = (payer: Payer) => {
    const of = items.filter((charge) => charge.payer === payer);
    return {
      net_minor: sum(of, ({ amounts }) => amounts.net_minor),
      tax_minor: sum(of, ({ amounts }) => amounts.tax_minor),
      gross_minor: sum(of, ({ amounts }) => amounts.gross_minor),
    };
  };
  return {
    items: [...items],
    totals: {
      company: side('company'),
      customer: side('customer'),
      currency: items[0]?.currency ?? null,
      total_minor: sum(items, ({ total_minor }) => total_minor),
      waived_minor: sum(items, ({ waived_minor }) => waived_minor),
    },
  };
}

/** A charge as documents show it. */
export function documentLine(charge: Charge): Line {
  return {
    id: charge.id,
    kind: charge.kind,
    description: charge.description,
    quantity_milli: charge.quantity_milli,
    price_minor: charge.price_minor,
    amount_minor: charge.amounts.gross_minor,
    waived_minor: charge.waived_minor,
    customer_minor: charge.total_minor,
    tax_minor: charge.total_minor > 0 ? charge.amounts.tax_minor : 0,
    tax_ppm: charge.tax_ppm,
    tax_included: charge.tax_included,
    payer: charge.payer,
    source: charge.price_line_id
      ? `price_line:${charge.price_line_id}`
      : charge.quote_id
        ? `quote:${charge.quote_id}`
        : '',
  };
}

/** Sums over the lines of a document. */
export function documentTotals(lines: readonly Line[], currency: string): Schemas['ServiceDocumentTotals'] {
  const sum = (amount: (line: Line) => number) => lines.reduce((total, line) => total + amount(line), 0);
  const customer_minor = sum((line) => line.customer_minor);
  return {
    currency,
    amount_minor: sum((line) => line.amount_minor),
    waived_minor: sum((line) => line.waived_minor),
    customer_minor,
    tax_minor: sum((line) => line.tax_minor),
    customer_in_capitals: inCapitals(customer_minor),
  };
}

/** The quote within the charges of a work order: the lines that the customer pays. */
export function quoteDocument(number: string, items: readonly Charge[]): QuoteDocument {
  const lines = items
    .map(documentLine)
    .filter(({ customer_minor }) => customer_minor > 0)
    .sort((a, b) => (a.id < b.id ? -1 : 1));
  return {
    format: 'aftercare.quote/1',
    number,
    lines,
    totals: documentTotals(lines, items[0]?.currency ?? 'CNY'),
  };
}

// The words of a bill in Chinese; they stand on the document in every language.
const digits = '\u96f6\u58f9\u8d30\u53c1\u8086\u4f0d\u9646\u67d2\u634c\u7396';
const places = ['\u4edf', '\u4f70', '\u62fe', ''];
const sections = ['\u4ebf\u4ebf', '\u4e07\u4ebf', '\u4ebf', '\u4e07', ''];
const [yuanWord, jiaoWord, fenWord, wholeWord, minusWord] = ['\u5143', '\u89d2', '\u5206', '\u6574', '\u8d1f'];

/** An amount of fen in Chinese capitals, as the server writes it on bills. */
export function inCapitals(minor: number): string {
  const amount = Math.abs(minor);
  if (amount === 0) return `${digits[0]}${yuanWord}${wholeWord}`;
  const [yuan, jiao, fen] = [Math.floor(amount / 100), Math.floor(amount / 10) % 10, amount % 10];
  let text = minor < 0 ? minusWord : '';
  if (yuan > 0) text += `${wholeYuan(yuan)}${yuanWord}`;
  if (jiao === 0 && fen === 0) return text + wholeWord;
  if (jiao > 0) text += `${digits[jiao]}${jiaoWord}`;
  else if (yuan > 0) text += digits[0];
  return fen > 0 ? `${text}${digits[fen]}${fenWord}` : text + wholeWord;
}

// Sections of four digits, from the highest; a gap between two written digits is one zero.
function wholeYuan(yuan: number): string {
  let text = '';
  let gap = false;
  for (const [at, unit] of sections.entries()) {
    const section = Math.floor(yuan / 10_000 ** (sections.length - 1 - at)) % 10_000;
    if (section === 0) {
      gap = text !== '';
      continue;
    }
    for (const [place, name] of places.entries()) {
      const digit = Math.floor(section / 10 ** (3 - place)) % 10;
      if (digit === 0) {
        gap = text !== '';
        continue;
      }
      if (gap) text += digits[0];
      gap = false;
      text += digits[digit] + name;
    }
    text += unit;
    gap = false;
  }
  return text;
}
