/** Keys, the palette's names, kept views and the address of an export. */
import { describe, expect, it } from 'vitest';
import { standing } from '../src/identity/saved-views.ts';
import { initialsOf, standsFor } from '../src/ui/initials.ts';
import { isShortcut, type KeyPress } from '../src/ui-desk/actions.ts';
import { exportAddress } from '../src/ui-desk/export-address.ts';

const press = (change: Partial<KeyPress> = {}): KeyPress => ({
  key: 'a',
  isComposing: false,
  keyCode: 65,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  defaultPrevented: false,
  ...change,
});

describe('keys of one letter', () => {
  it('act where nobody types', () => {
    expect(isShortcut(press(), false)).toBe(true);
    expect(isShortcut(press({ key: '?' }), false)).toBe(true);
  });
  it('never act while an input method composes, in a field, or with another key held', () => {
    for (const change of [
      { isComposing: true },
      { keyCode: 229 },
      { ctrlKey: true },
      { metaKey: true },
      { altKey: true },
      { defaultPrevented: true },
      { key: 'Enter' },
    ])
      expect(isShortcut(press(change), false), JSON.stringify(change)).toBe(false);
    expect(isShortcut(press(), true)).toBe(false);
  });
});

describe('initials', () => {
  it('are those of the pinyin', () => {
    expect(initialsOf('受理')).toBe('sl');
    expect(initialsOf('工作台')).toBe('gzt');
    expect(initialsOf('客户与设备')).toBe('khysb');
    expect(initialsOf('API 令牌')).toBe('apilp');
    expect(initialsOf('阿把擦大恶发嘎哈机卡拉码那哦怕期然撒他娃西压杂')).toBe('abcdefghjklmnopqrstwxyz');
    expect(initialsOf('按不错等二放工好就看林马你欧平请让是天我下有在')).toBe('abcdefghjklmnopqrstwxyz');
  });
  it('find a label from their beginning, and its words anywhere', () => {
    expect(standsFor('kh', '客户与设备')).toBe(true);
    expect(standsFor('sb', '客户与设备')).toBe(false);
    expect(standsFor('设备', '客户与设备')).toBe(true);
    expect(standsFor('asset', 'Customers & assets')).toBe(true);
    expect(standsFor('', '受理')).toBe(true);
  });
});

describe('kept views', () => {
  const view = (content: object) => ({
    id: '1',
    list: 'cases',
    name: 'x',
    shared: false,
    mine: true,
    by: 'y',
    version: 1,
    content: { filters: {}, ...content },
  });
  it('are recognised by view, filters in any order, columns and order', () => {
    const kept = view({ view: 'open', filters: { severity: 'major', state: 'new' }, columns: ['number', 'site'] });
    const place = {
      view: 'open',
      filters: { state: 'new', severity: 'major' },
      columns: ['number', 'site'],
      sort: undefined,
    };
    expect(standing([kept], place)).toBe(kept);
    expect(standing([kept], { ...place, sort: 'reported_desc' })).toBeUndefined();
    const sorted = view({ ...kept.content, sort: 'reported_desc' });
    expect(standing([sorted], { ...place, sort: 'reported_desc' })).toBe(sorted);
    expect(standing([kept], { ...place, columns: undefined })).toBeUndefined();
    expect(standing([kept], { ...place, filters: { severity: 'major' } })).toBeUndefined();
    expect(standing([kept], { ...place, view: 'late' })).toBeUndefined();
  });
});

describe('the address of an export', () => {
  it('says the form, the columns and the filters in force', () => {
    const address = exportAddress('/api/cases/export', 'xlsx', { view: 'late', q: '云杉 & 1' }, ['number', 'site']);
    const query = new URL(address, 'http://x').searchParams;
    expect(Object.fromEntries(query)).toEqual({
      format: 'xlsx',
      columns: 'number,site',
      view: 'late',
      q: '云杉 & 1',
    });
  });
});
