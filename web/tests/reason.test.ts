/** What documents from before say is shown without the ids of promises. */
import { describe, expect, it } from 'vitest';
import { withoutIds } from '../src/visits/reason.ts';

describe('a reason', () => {
  it('is shown without the ids of promises', () => {
    expect(withoutIds('按价格表收费（P35）。')).toBe('按价格表收费。');
    expect(withoutIds('Charged by the price list (P35).')).toBe('Charged by the price list.');
    expect(withoutIds('免责（P31、P34）待判定（见凭证）')).toBe('免责待判定（见凭证）');
    expect(withoutIds('验收（验收单 YS20250329-0001），免费保修 1 年')).toBe(
      '验收（验收单 YS20250329-0001），免费保修 1 年',
    );
  });
});
