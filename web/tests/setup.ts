/** Texts are loaded and the browser's memory is empty before each test. */
import { cleanup } from '@testing-library/react';
import { afterEach, beforeAll, beforeEach } from 'vitest';
import { loadTexts, setLanguage } from '../src/i18n/index.ts';
import { ownDrafts } from '../src/ui/draft.ts';

beforeAll(async () => {
  await loadTexts(['common', 'login', 'shell', 'status', 'field', 'track']);
});

beforeEach(async () => {
  localStorage.clear();
  sessionStorage.clear();
  ownDrafts('test-account');
  await setLanguage('zh-CN', false);
});

afterEach(cleanup);
