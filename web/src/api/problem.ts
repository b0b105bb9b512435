/** Error answers of the server (RFC 9457 application/problem+json) and what stands in for them when there is no answer. */
import { t } from '../i18n/index.ts';

/** One field that the server refused; `pointer` is a JSON pointer into the request body, such as `/contact/phone`. */
export interface FieldError {
  pointer: string;
  code: string;
  detail: string;
}

/** What happened, why, and how to mend it, in the language of the request. */
export interface Problem {
  /** HTTP status; 0 when no answer came. */
  status: number;
  code: string;
  title: string;
  detail: string;
  /** What the person can do now. */
  cure?: string;
  errors: FieldError[];
  /** The record as it stands now, with 409 and 412. */
  current?: unknown;
  /** Seconds to wait, from Retry-After. */
  retry_after_s?: number;
  /** Reference to quote to the administrator. */
  request_id?: string;
}

/** Thrown by every call that did not succeed. */
export class ProblemError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(`${problem.status} ${problem.code}: ${problem.title}`);
    this.name = 'ProblemError';
    this.problem = problem;
  }
}

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

function fieldErrors(value: unknown): FieldError[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((entry: unknown) => {
    if (typeof entry !== 'object' || entry === null) return [];
    const { pointer, code, detail } = entry as Record<string, unknown>;
    return [{ pointer: text(pointer) ?? '', code: text(code) ?? '', detail: text(detail) ?? text(code) ?? '' }];
  });
}

/** Reads an answer's body, whatever it is, as a problem. */
export function problemFrom(response: Response, body: unknown): Problem {
  const fields = typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {};
  const status = response.status;
  const kind = status === 429 ? 'busy' : status >= 500 ? 'server' : 'refused';
  const wait = Number(response.headers.get('retry-after'));
  return {
    status,
    code: text(fields.code) ?? `http_${status}`,
    title: text(fields.title) ?? t(`common.problem.${kind}.title`),
    detail: text(fields.detail) ?? (text(fields.title) ? '' : t('common.problem.status', { status })),
    cure: text(fields.cure) ?? (text(fields.title) ? undefined : t(`common.problem.${kind}.cure`)),
    errors: fieldErrors(fields.errors),
    current: fields.current,
    retry_after_s: Number.isFinite(wait) && wait > 0 ? wait : undefined,
    request_id: response.headers.get('x-request-id') ?? undefined,
  };
}

/** Makes a problem of anything that was thrown: an error answer, no network, or a fault of the page itself. */
export function toProblem(error: unknown): Problem {
  if (error instanceof ProblemError) return error.problem;
  const givenUp = error instanceof DOMException && (error.name === 'AbortError' || error.name === 'TimeoutError');
  const noAnswer = givenUp || (error instanceof TypeError && /fetch|network|load failed/i.test(error.message));
  const kind = noAnswer ? 'offline' : 'page';
  return {
    status: 0,
    code: noAnswer ? 'no_answer' : 'page_fault',
    title: t(`common.problem.${kind}.title`),
    detail: noAnswer ? t('common.problem.offline.detail') : error instanceof Error ? error.message : String(error),
    cure: t(`common.problem.${kind}.cure`),
    errors: [],
  };
}

/** Whether the same command may be sent again without a change: no answer, the server's own fault, or still in flight. */
export function isTransient(problem: Problem): boolean {
  return (
    problem.status === 0 || problem.status >= 500 || problem.status === 429 || problem.code === 'command_in_flight'
  );
}
