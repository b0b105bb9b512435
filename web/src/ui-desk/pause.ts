/** What is typed, once the typing pauses: what is asked of the server with it is not asked on every key. */
import { useEffect, useState } from 'react';

export function usePause(text: string): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), 200);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}
