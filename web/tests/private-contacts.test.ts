/** Private numbers and accounts in notes (P68), by the table that the server's rule is tested with. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { maskPrivate } from '../src/cases/private-contacts.ts';

const table = JSON.parse(
  readFileSync(resolve(import.meta.dirname, '../../crates/cases/src/rules/private_contacts.json'), 'utf8'),
) as { found: [string, string][]; clean: string[] };

test.each(table.found)('P68: %s', (text, masked) => {
  expect(maskPrivate(text)).toBe(masked);
  expect(maskPrivate(masked)).toBeUndefined();
});

test.each(table.clean)('P68 leaves alone: %s', (text) => {
  expect(maskPrivate(text)).toBeUndefined();
});
