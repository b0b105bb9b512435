/** What makes a photo small, for the customer's pages: loaded only when somebody takes one. */
export { sha256, shrink } from '../visits/picture.ts';
