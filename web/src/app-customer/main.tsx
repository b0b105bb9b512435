/** Start of the customer's pages. No router and no query client: a page is one address and one record. */
import '../ui/tokens.css';
import '../ui/ui.css';
import './customer.css';
import '../ui/theme.ts';
import { createRoot } from 'react-dom/client';
import { learnServerTime } from '../api/server-clock.ts';
import { currentLanguage, loadTexts, useT } from '../i18n/index.ts';
import { Empty } from '../ui/states.tsx';
import { setZone } from '../ui/zone.ts';
import { firstData } from './first-data.ts';
import { screens } from './screen.ts';
import { CustomerShell } from './shell.tsx';

const first = firstData();
if (first?.now) learnServerTime(new Headers({ 'x-server-now': first.now }));
if (first?.host.zone) setZone(first.host.zone);
if (first?.host.company_name) document.title = first.host.company_name;

/** The address leads to no page: a cut-off link, most often. */
function UnknownLink() {
  const t = useT();
  return (
    <section className="ac-panel">
      <Empty title={t('track.unknown')} hint={t('track.unknown.hint')} />
    </section>
  );
}

async function draw(place: HTMLElement) {
  const path = location.pathname;
  const found = screens.flatMap((screen) => {
    const params = screen.match(path);
    return params ? [{ screen, params }] : [];
  })[0];
  found?.screen.ahead?.();
  const [module] = await Promise.all([
    found?.screen.load(),
    loadTexts(['common', 'track', ...(found?.screen.areas ?? [])]),
  ]);
  const Page = module?.default;
  createRoot(place).render(
    <CustomerShell host={first?.host}>
      {Page && found ? <Page params={found.params} first={first} /> : <UnknownLink />}
    </CustomerShell>,
  );
}

document.documentElement.lang = currentLanguage();
document.body.classList.add('ac-phone-type');
const place = document.getElementById('root');
if (place) void draw(place);
