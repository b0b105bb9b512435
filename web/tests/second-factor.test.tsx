/** The second factor: the second step of signing in, setting a device up, what waits meanwhile. */
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { fireEvent, render, screen } from '@testing-library/react';
import type { ReactElement } from 'react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { api, onSessionEnd } from '../src/api/client.ts';
import { safeNext } from '../src/app-desk/router.tsx';
import { loadTexts, setLanguage, t } from '../src/i18n/index.ts';
import { LoginPage } from '../src/identity/login.tsx';
import { meQuery, mustEnrol, secondFactorPath } from '../src/identity/me.ts';
import SecondFactorPage from '../src/identity/second-factor.tsx';
import { takeTypedPassword } from '../src/identity/session.ts';
import { outcomeOf } from '../src/outbox/model.ts';

const now = '2026-10-09T08:40:00Z';
const me = {
  id: '1',
  login: 'lin',
  name: 'Lin',
  roles: ['security_admin'],
  permissions: ['identity.accounts'],
  unit: null,
  language: 'en',
  zone: 'Asia/Shanghai',
  demo: false,
  now,
  second_factor_from: null as string | null,
  second_factor_reset_at: null,
};
const none = { since: null, codes_left: 0, required: true, required_from: now, reset: null };

const answers = vi.fn<(method: string, path: string, body: unknown) => Response>();
beforeEach(async () => {
  await setLanguage('en', false);
  await loadTexts(['factor']);
  takeTypedPassword();
  answers.mockReset();
  vi.stubGlobal('fetch', async (request: Request) => {
    const text = await request.clone().text();
    return answers(request.method, new URL(request.url).pathname, text ? JSON.parse(text) : undefined);
  });
});
afterEach(() => vi.unstubAllGlobals());

const json = (status: number, body: unknown) =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json', 'x-server-now': now } });
const refused = (status: number, code: string, pointer?: string) =>
  json(status, {
    status,
    code,
    title: code,
    detail: `${code} in words`,
    cure: 'cure',
    errors: pointer ? [{ pointer, code, detail: `${code} in words` }] : [],
  });
const show = (page: ReactElement) =>
  render(
    <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
      {page}
    </QueryClientProvider>,
  );
const type = (label: RegExp, value: string) => fireEvent.change(screen.getByLabelText(label), { target: { value } });
const press = (name: string) => fireEvent.click(screen.getByRole('button', { name }));
const posts = () => answers.mock.calls.filter(([method]) => method === 'POST').map(([, path, body]) => [path, body]);

test('the right password is followed by a code, which goes along with it; a wrong one is typed anew', async () => {
  const right = '123456';
  answers.mockImplementation((method, _, body) => {
    if (method === 'GET') return json(200, { needed: false });
    const { code } = body as { code?: string };
    if (!code) return refused(401, 'second_factor_needed');
    return code === right ? json(200, me) : refused(422, 'second_factor_wrong', '/code');
  });
  const done = vi.fn();
  show(<LoginPage onDone={done} />);
  type(/^Login name/, 'lin');
  type(/^Password/, 'correct horse');
  press('Sign in');
  const field = (await screen.findByLabelText(/^Code/)) as HTMLInputElement;
  expect(field.autocomplete).toBe('one-time-code');
  expect(field.inputMode).toBe('numeric');
  expect(screen.queryByText('second_factor_needed')).toBeNull();
  press('Sign in');
  expect(await screen.findByText(t('login.code.missing'))).toBeTruthy();
  type(/^Code/, '000000');
  press('Sign in');
  expect(await screen.findByText('second_factor_wrong in words')).toBeTruthy();
  expect((screen.getByLabelText(/^Code/) as HTMLInputElement).value).toBe('');
  press(t('login.recovery_code.use'));
  type(/^Recovery code/, ' abcd-efgh-ijkl ');
  press('Sign in');
  await vi.waitFor(() => expect(posts()).toHaveLength(3));
  expect(posts()[2]?.[1]).toMatchObject({ code: 'abcd-efgh-ijkl', password: 'correct horse' });
  await vi.waitFor(() => expect(screen.getByRole('button', { name: 'Sign in' }).ariaBusy).not.toBe('true'));
  press(t('login.code.use'));
  type(/^Code/, right);
  press('Sign in');
  await vi.waitFor(() => expect(done).toHaveBeenCalledWith(me));
});

test('going back asks for the password again', async () => {
  answers.mockImplementation((method) =>
    method === 'GET' ? json(200, { needed: false }) : refused(401, 'second_factor_needed'),
  );
  show(<LoginPage onDone={vi.fn()} />);
  type(/^Login name/, 'lin');
  type(/^Password/, 'correct horse');
  press('Sign in');
  await screen.findByLabelText(/^Code/);
  press(t('login.code.back'));
  expect((screen.getByLabelText(/^Password/) as HTMLInputElement).value).toBe('');
  expect((screen.getByLabelText(/^Login name/) as HTMLInputElement).value).toBe('lin');
});

test('whoever is led here from signing in types the password once, confirms a code and keeps the recovery codes', async () => {
  const enrolment = { secret: 'GEZDGNBVGY3TQOJQ', uri: 'otpauth://totp/x', qr_svg: '<svg/>' };
  answers.mockImplementation((method, path, body) => {
    if (path === '/api/session') return json(200, { ...me, second_factor_from: now });
    if (path === '/api/setup') return json(200, { needed: false });
    if (path === '/api/me') return json(200, me);
    if (path === '/api/me/second-factor') return json(200, method === 'GET' ? none : enrolment);
    return (body as { code: string }).code === '123456'
      ? json(200, { codes: ['AAAA-BBBB-CCCC', 'DDDD-EEEE-FFFF'] })
      : refused(422, 'second_factor_wrong', '/code');
  });
  const signedIn = vi.fn();
  const login = show(<LoginPage onDone={signedIn} />);
  type(/^Login name/, 'lin');
  type(/^Password/, 'correct horse');
  press('Sign in');
  await vi.waitFor(() => expect(signedIn).toHaveBeenCalled());
  expect(mustEnrol(signedIn.mock.calls[0]?.[0])).toBe(true);
  login.unmount();

  const queries = new QueryClient();
  queries.setQueryData(meQuery.queryKey, { ...me, second_factor_from: now } as never);
  const done = vi.fn(() => expect(queries.getQueryData(meQuery.queryKey)?.second_factor_from).toBeNull());
  render(
    <QueryClientProvider client={queries}>
      <SecondFactorPage task="device" onDone={done} />
    </QueryClientProvider>,
  );
  expect(await screen.findByAltText(t('factor.qr'))).toBeTruthy();
  expect(posts()[1]).toEqual(['/api/me/second-factor', { current_password: 'correct horse' }]);
  expect((screen.getByLabelText(t('factor.secret')) as HTMLInputElement).value).toBe('GEZDGNBVGY3TQOJQ');
  type(/^Code on the new device/, '000000');
  press(t('factor.confirm'));
  expect(await screen.findByText('second_factor_wrong in words')).toBeTruthy();
  type(/^Code on the new device/, '123456');
  press(t('factor.confirm'));
  expect(await screen.findByText('AAAA-BBBB-CCCC')).toBeTruthy();
  const go = () => screen.getByRole('button', { name: t('factor.codes.done') }) as HTMLButtonElement;
  expect(go().disabled).toBe(true);
  fireEvent.click(screen.getByLabelText(t('factor.codes.kept')));
  fireEvent.click(go());
  await vi.waitFor(() => expect(done).toHaveBeenCalledOnce());
  expect(takeTypedPassword()).toBeUndefined();
});

test('a device is replaced by password and code; who reset one and why is said', async () => {
  const reset = { at: now, by: 'Wang', reason: 'Phone lost' };
  let state: object = { ...none, since: now, codes_left: 9, required_from: null };
  answers.mockImplementation((_, path) =>
    path === '/api/setup'
      ? json(200, { needed: false })
      : path === '/api/me/second-factor'
        ? json(200, state)
        : json(200, {}),
  );
  const page = show(<SecondFactorPage task="device" onDone={vi.fn()} />);
  await screen.findByLabelText(/^Code/);
  type(/^Present password/, 'correct horse');
  press(t('factor.go_on'));
  expect(await screen.findByText(t('factor.fault.code'))).toBeTruthy();
  expect(posts()).toEqual([]);
  page.unmount();
  state = { ...none, required_from: null, reset };
  show(<SecondFactorPage task="device" onDone={vi.fn()} />);
  expect(await screen.findByText(/Wang.*Phone lost/)).toBeTruthy();
});

test('a session that must have one first is led there, from wherever it is; what waits on a phone goes on waiting', async () => {
  const told = vi.fn();
  const stop = onSessionEnd(told);
  answers.mockImplementation(() => refused(403, 'not_permitted'));
  await api.GET('/api/me/sessions');
  expect(told).not.toHaveBeenCalled();
  answers.mockImplementation(() => refused(403, 'second_factor_required'));
  await api.GET('/api/me/sessions');
  expect(told).toHaveBeenCalledWith('second_factor');
  stop();
  const problem = { status: 403, code: 'second_factor_required', title: '', detail: '', errors: [] };
  expect(outcomeOf(problem).type).toBe('signed_out');
  expect(secondFactorPath('/field/outbox?x=1')).toBe('/second-factor?next=%2Ffield%2Foutbox%3Fx%3D1');
  expect(safeNext('/second-factor?next=%2F')).toBe('/');
});
