/** A reason without the ids of promises that documents from before name: `（P35）`, ` (P28, P30)`. Pure. */
export const withoutIds = (reason: string): string => reason.replace(/\s*[(（]P\d+(?:\s*[,，、-]\s*P\d+)*[)）]/g, '');
