/** The page behind the code on a printed service order, and labels for assets. */
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { screens } from '../src/app-customer/screens/visits.ts';
import { LabelsDialog } from '../src/assets/labels.desk.tsx';
import { loadTexts, setLanguage } from '../src/i18n/index.ts';
import { PdfButton } from '../src/ui/pdf.tsx';
import ProofPage from '../src/visits/proof.customer.tsx';
import { serviceOrderPdf } from '../src/visits/requests.ts';

const answers = vi.fn<(request: Request) => Promise<Response>>();
beforeEach(async () => {
  answers.mockReset();
  vi.stubGlobal('fetch', answers);
  await setLanguage('en', false);
  await loadTexts(['common', 'papers', 'assets']);
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

const proof = {
  standing: 'genuine',
  number: 'FW20261009-0001',
  shown_at: '2026-10-09T08:00:00Z',
  signed_at: '2026-10-09T08:05:00Z',
  refused: false,
  superseded_at: null,
  hotline: '400-000-0000',
  badge_number: 'GH0031',
  total_minor: 123450,
  currency: 'CNY',
  zone: 'Asia/Shanghai',
  company: 'Example',
};
const json = (status: number, body: unknown) =>
  new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': status < 400 ? 'application/json' : 'application/problem+json' },
  });
const sent = () => answers.mock.calls[0]?.[0] as Request;
const page = () => render(<ProofPage params={{ code: 'c0de' }} />);

test('p72: a genuine paper is shown with what its holder compares', async () => {
  answers.mockImplementation(async () => json(200, proof));
  page();
  expect(await screen.findByRole('status', { name: '' })).toBeTruthy();
  await screen.findByText('FW20261009-0001');
  expect(new URL(sent().url).pathname).toBe('/api/public/papers/c0de');
  expect(screen.getByText('GH0031')).toBeTruthy();
  expect(screen.getByText('¥1,234.50')).toBeTruthy();
  expect(screen.getByRole('link', { name: '400-000-0000' }).getAttribute('href')).toBe('tel:400-000-0000');
  expect(document.querySelector('.at-proof')?.getAttribute('data-standing')).toBe('genuine');
});

test('p72: an altered paper and an unknown one warn, a fault of the line is none of them', async () => {
  answers.mockImplementation(async () => json(200, { ...proof, standing: 'altered', total_minor: null }));
  const first = page();
  expect((await screen.findByRole('alert')).getAttribute('data-standing')).toBe('altered');
  first.unmount();
  answers.mockImplementation(async () => json(404, { code: 'paper_unknown', title: 'x', status: 404 }));
  const second = page();
  expect((await screen.findByRole('alert')).getAttribute('data-standing')).toBe('unknown');
  second.unmount();
  answers.mockImplementation(async () => json(429, { code: 'too_many_requests', title: 'Too many', status: 429 }));
  page();
  expect((await screen.findByRole('alert')).getAttribute('data-code')).toBe('too_many_requests');
});

test('p72: a paper whose place a later one has taken says when', async () => {
  const superseded_at = '2026-10-09T09:30:00Z';
  answers.mockImplementation(async () => json(200, { ...proof, standing: 'superseded', superseded_at }));
  page();
  const warning = await screen.findByRole('alert');
  expect(warning.getAttribute('data-standing')).toBe('superseded');
  expect(warning.textContent).toContain('2026-10-09 17:30');
});

test('a PDF is saved by its number; a broken template is told, and the built-in one asked for by name', async () => {
  const clicked: string[] = [];
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
    clicked.push(this.download);
  });
  vi.stubGlobal('URL', Object.assign(URL, { createObjectURL: () => 'blob:made', revokeObjectURL: vi.fn() }));
  const asked: string[] = [];
  answers.mockImplementation(async () =>
    json(409, { code: 'template_broken', title: 'Broken', detail: 'line 3', status: 409 }),
  );
  render(
    <PdfButton
      name="FW1"
      load={async (template) => {
        asked.push(template);
        if (template === 'in_force') await serviceOrderPdf('x', 'en', template);
        return new Blob(['%PDF-1.7']);
      }}
    />,
  );
  fireEvent.click(screen.getByRole('button', { name: 'Download PDF' }));
  expect((await screen.findByRole('alert')).textContent).toContain('line 3');
  expect(new URL(sent().url).search).toBe('?lang=en&template=in_force');
  fireEvent.click(screen.getByRole('button', { name: 'Use the built-in template' }));
  await waitFor(() => expect(clicked).toEqual(['FW1.pdf']));
  expect(asked).toEqual(['in_force', 'built_in']);
  expect(screen.queryByRole('alert')).toBeNull();
});

test('the address on the paper leads to the page, with or without a slash at its end', () => {
  const match = (path: string) => screens.map((each) => each.match(path))[0];
  expect(match('/p/abc')).toEqual({ code: 'abc' });
  expect(match('/p/abc/')).toEqual({ code: 'abc' });
  expect(match('/p/')).toBeUndefined();
  expect(match('/x/abc')).toBeUndefined();
});

test('labels begin at the first free place of a sheet', async () => {
  answers.mockImplementation(async () => new Response(new Blob(['%PDF-1.7']), { status: 200 }));
  const made = vi.fn(() => 'blob:made');
  vi.stubGlobal('URL', Object.assign(URL, { createObjectURL: made, revokeObjectURL: vi.fn() }));
  const closed = vi.fn();
  render(
    <QueryClientProvider client={new QueryClient()}>
      <LabelsDialog asset_ids={['a', 'b']} onClose={closed} />
    </QueryClientProvider>,
  );
  const first = await screen.findByLabelText(/First free place/);
  fireEvent.change(first, { target: { value: '25' } });
  fireEvent.click(screen.getByRole('button', { name: 'Make the PDF' }));
  expect(await screen.findByText('Give a number from 1 to 24.')).toBeTruthy();
  expect(answers).not.toHaveBeenCalled();
  fireEvent.change(first, { target: { value: '4' } });
  fireEvent.click(screen.getByRole('button', { name: 'Make the PDF' }));
  await waitFor(() => expect(closed).toHaveBeenCalled());
  const body = await sent().json();
  expect(body).toEqual({ asset_ids: ['a', 'b'], size: 'a4', skip: 3, template: 'in_force' });
  expect(made).toHaveBeenCalled();
});
