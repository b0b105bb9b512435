// J5 in English, on a day of its own.

import { clock, walksIn } from './80-dispatcher.mjs';

export { clock };
export default walksIn('en');
