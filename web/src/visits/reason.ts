/** A reason without the ids of promises that documents from before name: ` (P28, P30)`, in either width. Pure. */
export const withoutIds = (reason: string): string =>
  reason.replace(/\s*[(\uff08]P\d+(?:\s*[,\uff0c\u3001-]\s*P\d+)*[)\uff09]/g, '');
