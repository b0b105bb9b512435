/**
 * Commands: requests that change something. Each attempt at the same change carries the same Idempotency-Key, so that
 * a repeat after a lost answer changes nothing twice; a changed body or a definite answer begins a new command.
 */
import { type QueryKey, useMutation, useQueryClient } from '@tanstack/react-query';
import { useMemo, useRef } from 'react';
import { newCommandId } from './command-id.ts';
import { isTransient, ProblemError, toProblem } from './problem.ts';
import { serverNow } from './server-clock.ts';

/** Goes into the call as `...options`: the headers of the command. */
export interface CommandOptions {
  headers: Record<string, string>;
}

/** Hands out the key of the command that is being tried. */
export class CommandKey {
  private key: string | undefined;
  private body = '';
  private at_ms = 0;

  /** The key for this body: the same one as long as the same body is being retried. */
  for(body: unknown): string {
    const now = JSON.stringify(body) ?? '';
    if (this.key === undefined || this.body !== now) {
      this.key = newCommandId();
      this.body = now;
      this.at_ms = serverNow();
    }
    return this.key;
  }

  /** When the command was first tried, by this device's clock as corrected by the last answer. */
  get began_at(): string {
    return new Date(this.at_ms).toISOString();
  }

  /** After a definite answer (done or refused) the next attempt is a new command; after a doubtful one it is not. */
  settle(error?: unknown): void {
    if (error === undefined || (error instanceof ProblemError && !isTransient(error.problem))) this.key = undefined;
  }
}

/**
 * A command for a screen: `const report = useCommand((body: Body, options) => call(api.POST('/api/cases', { body, ...options })))`.
 *
 * `run` resolves to the answer, or to undefined when it was refused: `problem` then says why. A call made while one is
 * under way does nothing, so a double click is one command. `device_time` tells when it was done, which a retry much later
 * keeps (work on site). `ifMatch` is the ETag the change is based on; `touches` names
 * the queries to read again afterwards (events from the server do the same for all other tabs).
 */
export function useCommand<Body, Answer>(
  send: (body: Body, options: CommandOptions) => Promise<Answer>,
  {
    touches = [],
    ifMatch,
    device_time = false,
  }: { touches?: readonly QueryKey[]; ifMatch?: string; device_time?: boolean } = {},
) {
  const key = useRef(new CommandKey());
  const running = useRef(false);
  const queries = useQueryClient();
  const mutation = useMutation<Answer, unknown, Body>({
    retry: 0,
    networkMode: 'always',
    mutationFn: async (body) => {
      const headers: Record<string, string> = { 'Idempotency-Key': key.current.for([body, ifMatch]) };
      if (ifMatch) headers['If-Match'] = ifMatch;
      if (device_time) headers['Device-Time'] = key.current.began_at;
      try {
        const answer = await send(body, { headers });
        key.current.settle();
        return answer;
      } catch (error) {
        key.current.settle(error);
        throw error;
      }
    },
    onSuccess: () => Promise.all(touches.map((queryKey) => queries.invalidateQueries({ queryKey }))),
  });
  // One object per failure, so that forms take its field errors over once.
  const problem = useMemo(() => (mutation.error ? toProblem(mutation.error) : undefined), [mutation.error]);
  return {
    run: async (body: Body): Promise<Answer | undefined> => {
      if (running.current) return undefined;
      running.current = true;
      try {
        return await mutation.mutateAsync(body);
      } catch {
        return undefined;
      } finally {
        running.current = false;
      }
    },
    busy: mutation.isPending,
    problem,
    clear: mutation.reset,
  };
}
