interface Person {
  name: string;
  page: { url(): string };
  picture(title: string): Promise<void>;
  close(): Promise<void>;
}

/** What a walk stands on. */
export interface World {
  browser: { close(): Promise<void> };
  opened: Person[];
  pictures: string | null;
}

export declare const LIMIT_MS: number;
export declare function ended(ending: Promise<unknown>): Promise<void>;
export declare function walkOnce<W extends World>(
  title: string,
  run: (world: W) => Promise<unknown>,
  world: W,
  how?: { limit_ms?: number; nth?: number; say?: (line: string) => void },
): Promise<'passed' | 'failed' | 'hung'>;
