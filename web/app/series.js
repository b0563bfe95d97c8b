// Visits of a series: what is done to one, or to one and all that follow.

import { call } from './api.js';

const path = (visit, ctx) => ctx.api(`appointment-series/${visit.seriesId}`);

async function changeRest(visit, step, body, ctx) {
  const { etag } = await call('GET', path(visit, ctx));
  await call('POST', `${path(visit, ctx)}/${step}`, { body: { from: visit.recurrenceId, ...body }, etag });
}

export const cancelRest = (visit, reason, ctx) => changeRest(visit, 'cancel', { reason }, ctx);
export const moveRest = (visit, start, ctx) => changeRest(visit, 'reschedule', { start }, ctx);
