// J5 in English, on a day of its own.

import { clock, unfinished, walksIn } from './80-dispatcher.mjs';

export { clock, unfinished };
export default walksIn('en');
