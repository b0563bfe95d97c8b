// node main.mjs FOLDER enrol ADDRESS CODE | plan | check-in QUESTION=ANSWER… | send | join
// Each prints one line of JSON.

import { openApi, SignedOut } from './api.mjs';
import { keep, sendAll } from './outbox.mjs';
import { kept, refresh } from './plan.mjs';
import { openStore } from './store.mjs';

const [folder, step, ...said] = process.argv.slice(2);
const store = await openStore(folder);
if (step === 'enrol') await store.put('clinic', { base: said[0] });
const api = openApi(store, (await store.get('clinic'))?.base ?? 'http://localhost:8080');

const steps = {
  async enrol() {
    const { session } = await api.enrol(said[1], 'example');
    await store.put('form', (await api.call('GET', `/v1/patients/${session.patientId}/check-in-form`)).data); // for the time without a network
    return { signedIn: session.role, key: Boolean(session.keyThumbprint) };
  },
  async plan() {
    const newer = await refresh(store, api);
    const held = await kept(store);
    return { newer, version: held?.version, plan: held?.plan };
  },
  async 'check-in'() {
    const answers = Object.fromEntries(said.map((pair) => pair.split('=')).map(([id, value]) => [id, JSON.parse(value)]));
    return { saved: await keep(store, api, answers) };
  },
  async send() {
    const sent = await sendAll(store, api);
    return { sent: Object.keys(sent), help: Object.values(sent).some((answer) => answer.help), waiting: (await store.names('waits-')).length };
  },
  async join() {
    const { session } = await api.held();
    const from = new Date((await api.clinicNow()) - 2 * 3600_000).toISOString();
    const { data } = await api.call('GET', `/v1/patients/${session.patientId}/appointments?limit=20&from=${encodeURIComponent(from)}`);
    const visit = data.items.find((v) => v.door); // by video, and this person is in it; door says when one can join
    const { data: ticket } = await api.call('POST', `/v1/patients/${session.patientId}/appointments/${visit.id}/join`);
    return { visit: visit.id, role: ticket.role, socket: ticket.socket, ticket: ticket.ticket };
  },
};
const done = await steps[step]().catch((problem) => {
  if (problem instanceof SignedOut) return { signedOut: true };
  throw problem;
});
console.log(JSON.stringify(done));
