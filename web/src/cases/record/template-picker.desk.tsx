/** Puts words that are used again and again into a note: all of them are listed, found by name or words in either language. */
import { useQueryClient } from '@tanstack/react-query';
import { useT } from '../../i18n/index.ts';
import { useMay } from '../../identity/me.ts';
import { useBoth } from '../../ui/both.ts';
import { RecordPicker } from '../../ui-desk/picker.tsx';
import { noteTemplatesQuery } from '../requests.ts';

export function TemplatePicker({ onPick }: { onPick: (words: string) => void }) {
  const t = useT();
  const both = useBoth();
  const may = useMay();
  const queries = useQueryClient();
  if (!may('assets.catalogue')) return null;
  return (
    <div className="ad-template">
      <label htmlFor="note-template" className="ac-hidden">
        {t('cases.note.template')}
      </label>
      <RecordPicker
        input={{ id: 'note-template', required: true, 'aria-describedby': undefined, 'aria-invalid': false }}
        kind="note_template"
        value={undefined}
        placeholder={t('cases.note.template')}
        find={async (text) => {
          const all = await queries.ensureQueryData(noteTemplatesQuery);
          const wanted = text.toLowerCase();
          return all
            .filter(({ name, text: words }) =>
              [name.zh_cn, name.en, words.zh_cn, words.en].some((each) => each?.toLowerCase().includes(wanted)),
            )
            .map(({ id, name, text: words }) => ({ id, label: both(name), detail: both(words) }));
        }}
        onPick={(pick) => pick?.detail && onPick(pick.detail)}
      />
    </div>
  );
}
