// What an address names and what is not there: the screen is that of anything that is not
// open to who asks (screens/failure.js).

import { Problem } from './http.js';

export const notHere = () => new Problem(404, { code: 'not-found' });
