// What has come, whatever became of pushes, and what happened to each of it.

import { action } from '../action.js';
import { h, fill } from '../dom.js';
import { has, t } from '../texts.js';
import { call, read } from '../api.js';
import { dateTime } from '../format.js';

const leads = {
  'check-in': () => '#/check-in',
  'medicine-time': () => '#/tablets',
  'goal-milestone': () => '#/goals',
  'crisis-plan-review': () => '#/plan/review',
  'crisis-plan-rehearsal': () => '#/plan/practice',
  'naloxone-expiry': () => '#/plan',
  'visit-confirmed': (ref) => `#/visits/${ref}`,
  'visit-ahead': (ref) => `#/visits/${ref}`,
  'visit-soon': (ref) => `#/visits/${ref}`,
  'visit-now': (ref) => `#/visits/${ref}`,
};

// Something new names the part of the chart that shows it.
const news = {
  visit: (id) => `#/visits/${id}`,
  'visit-missed': (id) => `#/visits/${id}`,
  waitlist: () => '#/visits',
  goal: (id) => `#/goals/${id}`,
  'goal-proposal': () => '#/goals',
  medicines: () => '#/medicines',
  tablets: () => '#/tablets',
  taper: (id) => `#/tapers/${id}`,
  refill: () => '#/refills',
  agreement: () => '#/medicines/agreements',
  'side-effects': () => '#/medicines/side-effects',
  'crisis-plan': () => '#/plan',
  'plan-draft': () => '#/plan/draft',
  'check-in-form': () => '#/check-in',
  sharing: () => '#/sharing',
  'chart-closed': () => '#/sharing/closed',
  'chart-open': () => '#/sharing/closed',
  apps: () => '#/apps',
  pause: () => '#/reminders',
  family: () => '#/family',
  guardian: () => '#/sharing',
  'care-plan': () => '#/care-plan',
  referrals: () => '#/referrals',
  disagreement: (id) => `#/disagreements/${id}`,
  'peer-answer': () => '#/peer',
  'contract-answer': () => '#/contracts',
  intake: () => '#/intake',
  'way-out': () => '#/way-out',
  'new-team': () => '#/my-team',
  meeting: (id) => `#/told/${id}`,
};

// Of a visit of somebody else.
const theirVisit = (id, patient) => (patient ? `#/p/${patient}/visits/${id}` : undefined);
// Of a conference, which is of no patient.
const ofNobody = (me) => (me.role === 'clinician' ? '#/week' : undefined);
const ofVisit = Object.fromEntries(['visit-off', 'visit-no', 'visit-cover', 'visit-time', 'visit-here', 'visit-missed'].map((part) => [part, theirVisit]));

// Of people of the team: about a patient.
const ofTeam = {
  ...ofVisit,
  page: () => '#/learn',
  help: () => '#/asked',
  'help-answer': (id) => `#/alerts/${id}`,
  'help-silent': (id) => `#/alerts/${id}`,
  unreached: (id) => `#/p/${id}/reached`,
  'plan-confirmed': (id) => `#/p/${id}/plan`,
  'plan-declined': (id) => `#/p/${id}/plan`,
  'care-plan-answered': (id) => `#/p/${id}/care-plan`,
  alert: (id) => `#/alerts/${id}`,
  drill: (id) => `#/alerts/${id}`,
  'duty-hole': () => '#/duty',
  'duty-swap': () => '#/duty',
  task: (id) => `#/tasks/${id}`,
  'team-left': () => '#/patients',
  'team-end': (id) => `#/p/${id}/team`,
  handoff: (id, patient) => `#/p/${patient}/handoffs/${id}`,
  disagreement: (id, patient) => `#/p/${patient}/disagreements/${id}`,
  'alert-hole': (id) => `#/alerts/${id}`,
  'alert-unanswered': (id) => `#/alerts/${id}`,
  'alert-load': () => '#/alert-report',
  'comment-goal': (id, patient) => `#/p/${patient}/goals/${id}`,
  'comment-check-in': (_, patient) => `#/p/${patient}/check-ins`,
  'comment-handoff': (id, patient) => `#/p/${patient}/handoffs/${id}`,
  'comment-goal-note': (id, patient) => `#/p/${patient}/goals/${id}`,
  'comment-care-plan-item': (_, patient) => `#/p/${patient}/care-plan`,
  'comment-meeting-decision': (id, patient) => `#/p/${patient}/meetings/${id}`,
  'comment-discharge': (_, patient) => `#/p/${patient}/way-out`,
  'note-struck': (id, patient) => `#/p/${patient}/goals/${id}`,
  'minor-rule': () => '#/office/minors',
  'restricted-charts': () => '#/office/closed',
  'channel-bad': () => '#/office/sending',
  'channel-good': () => '#/office/sending',
  'privacy-officer': (id) => `#/office/${id}`,
  administrator: (id) => `#/office/${id}`,
  bounced: (id) => `#/office/${id}`,
};

// Of everybody, whatever they are here.
const ofAll = {
  'peer-asked': '#/peer', 'partner-referral': '#/partner', contract: '#/contracts',
  'way-in': '#/devices', ways: '#/ways', 'access-log': '#/access-log', glass: '#/office/emergencies', device: '#/devices',
  'sms-stopped': '#/reminders', 'sms-started': '#/reminders', 'email-bounced': '#/reminders', 'phone-bounced': '#/reminders', 'push-ended': '#/reminders',
};

// leadOf gives the address of what an item is about. Who looks at several charts is led
// to the patient's.
function leadOf({ kind, ref = '' }, me) {
  const [part, id, patient] = ref.split(':');
  if (ofAll[part]) return ofAll[part];
  if (me.role === 'interpreter') return '#/interpreting';
  if (part === 'message' || part === 'message-overdue') return `#/threads/${id}`;
  if (me.role !== 'patient') return kind.startsWith('visit-') ? theirVisit(part, id) ?? ofNobody(me) : ofTeam[part]?.(id, patient);
  return kind === 'something-new' ? news[part]?.(id) : leads[kind]?.(ref);
}

export default async function inboxScreen({ me, go }) {
  const list = h('ul.cards');
  const more = h('div');
  const show = async (cursor) => {
    const { items, next } = await read(`/v1/me/reminders?limit=20${cursor && `&cursor=${encodeURIComponent(cursor)}`}`);
    list.append(...items.map((item) => card(item, me, go)));
    fill(more, next && action(t('list.more'), () => show(next), { kind: 'quiet' }));
  };
  await show('');
  return {
    title: t('more.inbox'),
    lead: t('inbox.lead'),
    back: [t('menu.more'), '#/more'],
    body: [list.children.length > 0 ? list : h('p.card', t('inbox.none')), more],
  };
}

function words({ kind, ref = '' }, me) {
  const about = {
    unreached: 'kind.unreached', 'way-in': 'kind.way-in', ways: 'kind.ways', device: 'kind.device-ended', sharing: 'kind.sharing', 'chart-closed': 'kind.chart-closed', 'chart-open': 'kind.chart-open', 'restricted-charts': 'kind.restricted-charts', 'channel-bad': 'kind.channel-bad', 'channel-good': 'kind.channel-good', 'privacy-officer': 'kind.privacy-officer', administrator: 'kind.administrator', apps: 'kind.apps', guardian: 'kind.guardian', 'minor-rule': 'kind.minor-rule',
    'plan-confirmed': 'kind.plan-confirmed', 'plan-declined': 'kind.plan-declined', 'care-plan-answered': 'kind.care-plan-answered',
    drill: 'kind.drill', 'duty-hole': 'kind.duty-hole', 'duty-swap': 'kind.duty-swap',
    message: 'kind.message', 'message-overdue': 'kind.message-overdue',
    'team-end': 'kind.team-end', 'team-left': 'kind.team-left',
    alert: 'kind.alert', task: 'kind.task', handoff: 'kind.handoff', disagreement: me.role === 'patient' ? 'kind.disagreement.own' : 'kind.disagreement', meeting: 'kind.meeting', 'new-team': 'kind.new-team', 'alert-hole': 'kind.alert-hole', 'alert-unanswered': 'kind.alert-unanswered', 'alert-load': 'kind.alert-load', pause: 'kind.pause',
    glass: 'kind.glass', 'glass-reviewed': 'kind.glass-reviewed', 'access-log': 'kind.access-log',
    help: 'kind.call-for-help', 'help-answer': 'kind.help-answer', 'help-silent': 'kind.help-silent', medicine: 'kind.medicine-time.other',
    page: 'kind.page', 'email-bounced': 'kind.email-bounced', 'phone-bounced': 'kind.phone-bounced', 'push-ended': 'kind.push-ended', bounced: 'kind.bounced',
    'visit-off': 'kind.visit-off', 'visit-no': 'kind.visit-no', 'visit-cover': 'kind.visit-cover', 'visit-time': 'kind.visit-time', 'visit-here': 'kind.visit-here',
    'visit-missed': me.role === 'patient' ? 'kind.visit-missed.own' : 'kind.visit-missed',
    'sms-stopped': 'kind.sms-stopped', 'sms-started': 'kind.sms-started', 'push-test': 'kind.push-test', 'not-needed': 'kind.not-needed',
    'note-struck': 'kind.note-struck',
  }[ref.split(':')[0]];
  if (about) return t(about);
  if (ref.startsWith('comment-')) return t('kind.comment');
  return has(`kind.${kind}`) ? t(`kind.${kind}`) : t('kind.something-new');
}

function card(item, me, go) {
  const target = leadOf(item, me);
  const fresh = h('p.tag', { hidden: item.read }, t('inbox.new'));
  const seen = async () => {
    if (!item.read) await call('POST', `/v1/me/reminders/${item.id}/opened`);
    item.read = true;
    fresh.hidden = true;
  };
  const open = async () => {
    await seen();
    go(target);
  };
  const read1 = !target && !item.read && action(t('inbox.read'), async () => {
    await seen();
    read1.hidden = true;
  }, { kind: 'quiet.small' });
  return h('li.card', h('h2', words(item, me)), fresh,
    h('p.note', dateTime(item.at)),
    item.missed && h('p', has(`inbox.why.${item.why}`) ? t(`inbox.why.${item.why}`) : t('inbox.why.other')),
    h('div.actions', target && action(t('inbox.open'), open, { kind: 'quiet.small' }), read1),
    trail(item));
}

// trail is fetched when somebody wants to see it.
function trail(item) {
  const list = h('ul.dots');
  const el = h('details', h('summary', t('inbox.trail')), list);
  el.addEventListener('toggle', async () => {
    if (!el.open || list.children.length > 0) return;
    const { marks } = await read(`/v1/me/reminders/${item.id}`);
    fill(list, marks.filter((m) => has(`trail.${m.what}`)).map((m) => h('li', `${t(`trail.${m.what}`)} · ${dateTime(m.at)}`)));
  });
  return el;
}
