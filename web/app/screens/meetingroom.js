// The room of a meeting by video, and the look at camera and microphone before it: the
// screens of a visit, at the address of a conference.
// Operations: joinConference.

import joinVisit from './joinvisit.js';
import room from './room.js';

const conference = (ctx) => ({ ...ctx, params: { visit: ctx.params.meeting },
  api: (part) => `/v1/conferences/${part.replace(/^appointments\//, '')}`,
  at: (part) => (part === 'visits' ? `#/meetings/${ctx.params.meeting}` : `#/${part.replace(/^visits/, 'meetings')}`) });

export default (ctx) => (location.hash.endsWith('/join') ? joinVisit : room)(conference(ctx));
