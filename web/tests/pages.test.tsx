/** The pages of the foundation: sign-in, set-up, what a role sees, drafts. */
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act, fireEvent, render, renderHook, screen } from '@testing-library/react';
import type { ReactElement } from 'react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { NoPermissionPage } from '../src/app-desk/pages.tsx';
import { safeNext } from '../src/app-desk/router.tsx';
import { loadTexts, setLanguage, t } from '../src/i18n/index.ts';
import { LoginPage } from '../src/identity/login.tsx';
import { allows } from '../src/identity/me.ts';
import { PasswordPage } from '../src/identity/password.tsx';
import { SetupPage } from '../src/identity/setup.tsx';
import { useForm } from '../src/ui/form.tsx';

const me = {
  id: '1',
  login: 'lin',
  name: 'Lin',
  roles: ['hotline_agent'],
  permissions: ['cases.report'],
  unit: { id: 'u', name: 'North' },
  language: 'en',
  zone: 'Asia/Shanghai',
  demo: false,
  now: '2026-10-09T08:40:00Z',
};
const answers = vi.fn<(method: string, path: string, body: unknown) => Response>();
beforeEach(async () => {
  await setLanguage('en', false);
  answers.mockReset();
  vi.stubGlobal('fetch', async (request: Request) => {
    const text = await request.clone().text();
    return answers(request.method, new URL(request.url).pathname, text ? JSON.parse(text) : undefined);
  });
});
afterEach(() => vi.unstubAllGlobals());

const json = (status: number, body: unknown, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json', ...headers } });
const show = (page: ReactElement) =>
  render(
    <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
      {page}
    </QueryClientProvider>,
  );
const type = (label: RegExp, value: string) => fireEvent.change(screen.getByLabelText(label), { target: { value } });

test('sign-in shows whose system it is, and goes on with the person', async () => {
  answers.mockImplementation((method) =>
    method === 'GET' ? json(200, { needed: false, company_name: 'Spruce Service' }) : json(200, me),
  );
  const done = vi.fn();
  show(<LoginPage onDone={done} />);
  expect(await screen.findByText('Spruce Service')).toBeTruthy();
  type(/^Login name/, ' lin ');
  type(/^Password/, 'correct horse');
  fireEvent.click(screen.getByRole('button', { name: 'Sign in' }));
  await vi.waitFor(() => expect(done).toHaveBeenCalledWith(me));
  expect(answers).toHaveBeenCalledWith('POST', '/api/session', { login: 'lin', password: 'correct horse' });
});

test('an empty sign-in is refused at the fields, without asking the server', async () => {
  answers.mockImplementation(() => json(200, { needed: false }));
  show(<LoginPage onDone={vi.fn()} />);
  fireEvent.click(screen.getByRole('button', { name: 'Sign in' }));
  expect(await screen.findByText(t('login.login.missing'))).toBeTruthy();
  expect(screen.getByLabelText(/^Password/).getAttribute('aria-invalid')).toBe('true');
  expect(answers.mock.calls.filter(([method]) => method === 'POST')).toEqual([]);
});

test('a locked account says so and says how long, and what was typed stays', async () => {
  answers.mockImplementation((method) =>
    method === 'GET'
      ? json(200, { needed: false })
      : json(
          429,
          {
            code: 'login_locked',
            title: 'This account is locked',
            detail: 'Too many wrong passwords.',
            cure: 'Wait 15 minutes.',
          },
          { 'retry-after': '900' },
        ),
  );
  show(<LoginPage onDone={vi.fn()} />);
  type(/^Login name/, 'lin');
  type(/^Password/, 'wrong');
  fireEvent.click(screen.getByRole('button', { name: 'Sign in' }));
  expect(await screen.findByText('This account is locked')).toBeTruthy();
  expect(screen.getByText('Wait 15 minutes.')).toBeTruthy();
  const button = await screen.findByRole('button', { name: /900/ });
  expect((button as HTMLButtonElement).disabled).toBe(true);
  expect((screen.getByLabelText(/^Login name/) as HTMLInputElement).value).toBe('lin');
});

test('set-up checks the fields, then sends the token and the choice of data', async () => {
  const link = 'https://service.example/password#once';
  const invitations = [{ account_id: '2', login: 'security', link, expires_at: '2026-10-09T09:40:00Z' }];
  answers.mockImplementation((method) =>
    method === 'GET' ? json(200, { needed: true }) : json(200, { me, invitations }),
  );
  const done = vi.fn();
  show(<SetupPage token="secret" onDone={done} />);
  fireEvent.click(await screen.findByRole('button', { name: t('login.setup.submit') }));
  expect(await screen.findByText(t('login.setup.fault.company_name'))).toBeTruthy();
  type(/^Company name/, 'Spruce Service');
  type(/^Your name/, 'Lin');
  type(/^Password$/, 'a sentence is fine');
  type(/^Password again/, 'a sentence is fin');
  fireEvent.click(screen.getByLabelText(/An empty system/));
  fireEvent.click(screen.getByRole('button', { name: t('login.setup.submit') }));
  expect(await screen.findByText(t('login.setup.fault.again'))).toBeTruthy();
  expect(done).not.toHaveBeenCalled();
  type(/^Password again/, 'a sentence is fine');
  fireEvent.click(screen.getByRole('button', { name: t('login.setup.submit') }));
  // The links for the other administrators are shown once, before anything else.
  expect(await screen.findByDisplayValue(link)).toBeTruthy();
  expect(done).not.toHaveBeenCalled();
  fireEvent.click(screen.getByRole('button', { name: t('login.invitations.go_on') }));
  expect(done).toHaveBeenCalled();
  const body = answers.mock.calls.find(([method]) => method === 'POST')?.[2];
  expect(body).toMatchObject({ token: 'secret', company_name: 'Spruce Service', admin_login: 'admin', demo: false });
  expect(body).not.toHaveProperty('again');
});

test('set-up without a token, or done before, is explained', async () => {
  answers.mockImplementation(() => json(200, { needed: false }));
  show(<SetupPage token="old" onDone={vi.fn()} />);
  expect(await screen.findByText(t('login.setup.done'))).toBeTruthy();
});

test('a password link is used once, and a differing repetition is refused at the field', async () => {
  answers.mockImplementation((method) =>
    method === 'GET' ? json(200, { needed: false }) : new Response(null, { status: 204 }),
  );
  const done = vi.fn();
  show(<PasswordPage token="once" onDone={done} />);
  type(/^New password/, 'a sentence is fine');
  type(/^Password again/, 'a sentence is fin');
  fireEvent.click(screen.getByRole('button', { name: t('login.link.submit') }));
  expect(await screen.findByText(t('login.link.fault.again'))).toBeTruthy();
  type(/^Password again/, 'a sentence is fine');
  fireEvent.click(screen.getByRole('button', { name: t('login.link.submit') }));
  expect(await screen.findByText(t('login.link.done'))).toBeTruthy();
  expect(answers).toHaveBeenCalledWith('POST', '/api/password', { token: 'once', password: 'a sentence is fine' });
  fireEvent.click(screen.getByRole('button', { name: t('login.setup.to_login') }));
  expect(done).toHaveBeenCalled();
});

test('permissions open what they name, and nothing else', () => {
  expect(allows(['cases.report'], [])).toBe(true);
  expect(allows(['cases.report'], ['cases.*'])).toBe(true);
  expect(allows(['cases.report'], ['cases.close', 'cases.report'])).toBe(true);
  expect(allows(['casesx.report'], ['cases.*'])).toBe(false);
  expect(allows([], ['cases.report'])).toBe(false);
});

test('sign-in leads only to paths of this system', () => {
  expect(safeNext('/cases?view=mine')).toBe('/cases?view=mine');
  for (const bad of ['https://evil.example', '//evil.example', '/\\evil.example', 'cases', undefined, '/login?next=x'])
    expect(safeNext(bad)).toBe('/');
});

test('a draft survives a reload and ends with the command', () => {
  const options = { initial: { symptom: '', floor: '' }, draft_key: 'cases.report' };
  const first = renderHook(() => useForm(options));
  act(() => first.result.current.set('symptom', 'stays down'));
  first.unmount();
  const second = renderHook(() => useForm(options));
  expect(second.result.current.values).toEqual({ symptom: 'stays down', floor: '' });
  expect(second.result.current.restored).toBe(true);
  act(() => second.result.current.reset());
  second.unmount();
  expect(renderHook(() => useForm(options)).result.current.restored).toBe(false);
});

test('a refused field shows its words until it is changed', () => {
  const { result } = renderHook(() => useForm({ initial: { contact: '', symptom: '' } }));
  act(() => result.current.setErrors([{ pointer: '/contact/phone', code: 'x', detail: 'No such number.' }]));
  expect(result.current.errorAt('/contact')).toBe('No such number.');
  expect(result.current.errorAt('/symptom')).toBeUndefined();
  act(() => result.current.set('contact', '1'));
  expect(result.current.errorAt('/contact')).toBeUndefined();
});

test('a page one may not open says in words what it is for and whom to ask', async () => {
  await loadTexts(['shell']);
  render(<NoPermissionPage any={['care.follow_up', 'care.read']} />);
  expect(screen.getByText(/may make follow-up calls or see what follow-up calls gave/).textContent).toMatch(
    /ask your company's security administrator/,
  );
  expect(document.body.textContent).not.toMatch(/care\.read/);
});
