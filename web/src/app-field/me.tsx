/** The engineer's own page: who is signed in, language, theme, sign-out. */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { announceSession } from '../api/live.ts';
import { useT } from '../i18n/index.ts';
import { FactorNotice } from '../identity/factor-notice.tsx';
import { meQuery, secondFactorPath } from '../identity/me.ts';
import { LanguageSwitch } from '../identity/page-card.tsx';
import { signOut } from '../identity/session.ts';
import { useQueue } from '../outbox/outbox.ts';
import { wipeReads } from '../outbox/reads.ts';
import { Button } from '../ui/button.tsx';
import { forgetDrafts } from '../ui/draft.ts';
import { Choice } from '../ui/form.tsx';
import { ErrorState, Query } from '../ui/states.tsx';
import { setTheme, themes, useTheme } from '../ui/theme.ts';
import { setAlertSettings, useAlertSettings } from '../visits/seen.ts';
import { WayChoice } from '../visits/way.field.tsx';

export default function MePage() {
  const t = useT();
  const me = useQuery(meQuery);
  const queries = useQueryClient();
  const theme = useTheme();
  const alerts = useAlertSettings();
  const [error, setError] = useState<unknown>();
  const [asked, setAsked] = useState(false);
  const unsent = useQueue().filter(({ account_id }) => account_id === me.data?.id).length;

  const leave = async () => {
    // What waits stays on this phone, but nobody sends it until the same person signs in here again.
    if (unsent > 0 && !asked) return setAsked(true);
    try {
      await signOut();
    } catch (reason) {
      setError(reason);
      return;
    }
    forgetDrafts();
    announceSession();
    await wipeReads(queries);
    location.assign('/login?next=%2Ffield%2F');
  };

  return (
    <Query of={me} shape="form">
      {(person) => (
        <div className="af-page">
          <section className="ac-panel af-card">
            <h1>{person.name}</h1>
            <p className="ac-second">
              {person.unit?.name ?? person.roles.map((role) => t(`status.role.${role}`)).join(', ')}
            </p>
          </section>
          <section className="ac-panel af-card ac-form">
            <LanguageSwitch />
            <Choice
              label={t('common.theme')}
              value={theme}
              onChange={setTheme}
              options={themes.map((value) => ({ value, label: t(`common.theme.${value}`) }))}
            />
          </section>
          <section className="ac-panel af-card ac-form">
            <fieldset className="ac-choice">
              <legend>{t('field.news.how')}</legend>
              {(['sound', 'vibration'] as const).map((name) => (
                <label key={name} className="ac-choice-option" data-chosen={alerts[name]}>
                  <input
                    type="checkbox"
                    checked={alerts[name]}
                    onChange={(event) => setAlertSettings({ ...alerts, [name]: event.target.checked })}
                  />
                  <span>{t(`field.news.${name}`)}</span>
                </label>
              ))}
            </fieldset>
            <WayChoice />
          </section>
          <FactorNotice me={person} />
          <a className="ac-button ac-button-plain" href={secondFactorPath('/field/me')}>
            {t('common.second_factor')}
          </a>
          {error !== undefined && <ErrorState error={error} inline />}
          {asked && unsent > 0 ? (
            <section className="ac-panel af-card" role="alert">
              <p className="af-warn">{t('field.sign_out.unsent', { count: unsent })}</p>
              <div className="af-actions">
                <Link to="/outbox" className="ac-button ac-button-primary">
                  {t('field.sign_out.look')}
                </Link>
                <Button kind="danger" onClick={() => void leave()}>
                  {t('field.sign_out.anyway')}
                </Button>
              </div>
            </section>
          ) : (
            <Button onClick={() => void leave()}>{t('field.sign_out')}</Button>
          )}
        </div>
      )}
    </Query>
  );
}
