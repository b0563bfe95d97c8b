// Which address shows which screen. An address holds ids at most, never what a
// person wrote. Screens that must open at once are loaded with the page.

import help from './screens/help.js';
import enrol from './screens/enrol.js';
import people from './screens/people.js';
import plan from './screens/plan.js';
import { startAnew } from './restart.js';
import { screenOf } from './screenof.js';
import { allTexts } from './texts.js';

const later = (name) => Object.assign(async (ctx) => {
  const [screen] = await Promise.all([screenOf(name).catch(startAnew), allTexts()]);
  return screen(ctx);
}, { ahead: () => screenOf(name).catch(() => {}) });

// open: needs no sign-in. Routes with :patient are for those who look at somebody's
// chart; a patient has the same screens without it.
/** @type {any[]} */
export const routes = [
  { at: 'help', show: help, open: true },
  { at: 'enrol', show: enrol, open: true },
  { at: 'enrol/:code', show: enrol, open: true },
  { at: 'people', show: people, open: true },
  { at: 'arrived', show: later('arrived'), open: true },
  { at: 'join', show: later('join'), open: true },
  { at: 'join/:code', show: later('join'), open: true },
  { at: 'near', show: later('near'), open: true },
  { at: 'language', show: later('language'), open: true },
  { at: 'keep', show: later('keep'), open: true },
  { at: 'confirm', show: later('confirm'), open: true },
  { at: 'confirm/:token', show: later('confirm'), open: true },
  { at: 'learn', show: later('learn'), open: true },
  { at: 'learn/:page', show: later('page'), open: true },
  { at: 'texts', show: later('texts') },
  { at: 'texts/new', show: later('text') },
  { at: 'texts/:module/:language', show: later('text') },
  { at: 'today', show: later('today') },
  { at: 'check-in', show: later('checkin') },
  { at: 'more', show: later('more') },
  { at: 'devices', show: later('devices') },
  { at: 'ways', show: later('ways') },
  { at: 'inbox', show: later('inbox') },
  { at: 'reminders', show: later('reminders') },
  { at: 'calendar', show: later('calendar') },
  { at: 'apps', show: later('apps') },
  { at: 'apps/ask/:question', show: later('askapp'), returns: true },
  { at: 'family', show: later('family') },
  { at: 'family/new', show: later('invite') },
  { at: 'family/:account', show: later('wouldsee') },
  { at: 'beside', show: later('beside') },
  { at: 'beside/:beside', show: later('place') },
  { at: 'coping', show: later('coping') },
  { at: 'own-goals', show: later('owngoals') },
  { at: 'call-wish', show: later('callwish') },
  { at: 'asked', show: later('asked') },
  ...own('sharing', later('sharing')),
  ...own('sharing/new', later('share')),
  { at: 'sharing/closed', show: later('closed') },
  { at: 'my-record', show: later('myrecord') },
  { at: 'sharing/outside', show: later('outside') },
  ...own('access-log', later('accesslog')),
  { at: 'patients', show: later('patients') },
  { at: 'interpreting', show: later('interpreting') },
  { at: 'emergency', show: later('emergency') },
  { at: 'p/:patient/emergency', show: later('emergency') },
  { at: 'office/emergencies', show: later('glasses') },
  { at: 'my-day', show: later('myday') },
  { at: 'alerts/:alert', show: later('alert') },
  { at: 'alerts/:alert/task/:patient', show: later('newtask') },
  { at: 'p/:patient/alert', show: later('raisealert') },
  { at: 'p/:patient/tasks/new', show: later('newtask') },
  { at: 'tasks', show: later('tasks') },
  { at: 'tasks/new', show: later('newtask') },
  { at: 'tasks/:task', show: later('task') },
  { at: 'caseload', show: later('caseload') },
  { at: 'alert-report', show: later('alertreport') },
  { at: 'alert-rules', show: later('alertrules') },
  { at: 'alert-settings', show: later('alertsettings') },
  { at: 'duty', show: later('duty') },
  { at: 'programmes', show: later('programmes') },
  { at: 'rotas/new', show: later('rota') },
  { at: 'rotas/:rota', show: later('rota') },
  { at: 'alert-drills', show: later('drill') },
  { at: 'alert-drills/:programme', show: later('drill') },
  { at: 'week', show: later('week') },
  { at: 'week/:day', show: later('week') },
  { at: 'hours', show: later('hours') },
  { at: 'hours/:account', show: later('hours') },
  { at: 'other-calendar', show: later('othercalendar') },
  { at: 'other-calendar/:account', show: later('othercalendar') },
  { at: 'office', show: later('office') },
  { at: 'office/import', show: later('importaccounts') },
  { at: 'office/today', show: later('gaps') },
  { at: 'my-day/print', show: later('pack') },
  { at: 'set-up', show: later('setup') },
  { at: 'office/sites', show: later('sites') },
  { at: 'office/visit-types', show: later('visitkinds') },
  { at: 'office/visit-types/:kind', show: later('visitkind') },
  { at: 'office/rooms', show: later('rooms') },
  { at: 'office/sending', show: later('sending') },
  { at: 'office/partners', show: later('partners') },
  { at: 'guidelines', show: later('guidelines') },
  { at: 'partner', show: later('partner') },
  { at: 'partner/:referral', show: later('partner') },
  { at: 'office/minors', show: later('minorrules') },
  { at: 'office/apps', show: later('officeapps') },
  { at: 'office/closed', show: later('closedcharts') },
  { at: 'office/closed/:closed', show: later('closed') },
  { at: 'office/new', show: later('newaccount') },
  { at: 'office/:account/open-work', show: later('openwork') },
  { at: 'office/:account', show: later('account') },
  { at: 'p/:patient', show: later('chart') },
  { at: 'p/:patient/team', show: later('team') },
  { at: 'p/:patient/state', show: later('contactstate') },
  { at: 'p/:patient/reached', show: later('reached') },
  { at: 'p/:patient/given', show: later('given') },
  { at: 'p/:patient/worries', show: later('worries') },
  ...own('goals', later('goals')),
  ...own('goals/new', later('newgoal')),
  ...own('goals/:goal', later('goal')),
  ...own('goals/:goal/edit', later('newgoal')),
  ...own('goals/:goal/history', later('goalhistory')),
  ...own('care-plan', later('careplan')),
  ...own('care-plan/new', later('careplanitem')),
  ...own('care-plan/versions', later('careplanversions')),
  ...own('care-plan/:item', later('careplanitem')),
  ...own('meetings', later('meetings')),
  { at: 'p/:patient/meetings/new', show: later('callmeeting') },
  { at: 'p/:patient/meetings/:meeting', show: later('meeting') },
  { at: 'told/:meeting', show: later('meeting') },
  { at: 'meetings/:meeting', show: later('runmeeting') },
  { at: 'meetings/:meeting/join', show: later('meetingroom') },
  { at: 'meetings/:meeting/room', show: later('meetingroom') },
  { at: 'meeting-report', show: later('meetingreport') },
  { at: 'p/:patient/care-plan/new/settled/:disagreement', show: later('careplanitem') },
  { at: 'p/:patient/care-plan/new/:decision', show: later('careplanitem') },
  { at: 'p/:patient/disagreements/new', show: later('newdisagreement') },
  { at: 'p/:patient/disagreements/new/:about', show: later('newdisagreement') },
  ...own('disagreements', later('disagreements')),
  ...own('disagreements/:disagreement', later('disagreement')),
  { at: 'p/:patient/handoffs', show: later('handoffs') },
  { at: 'p/:patient/handoffs/new', show: later('newhandoff') },
  { at: 'p/:patient/handoffs/:handoff', show: later('handoff') },
  { at: 'follow-up-report', show: later('followupreport') },
  { at: 'handoff-report', show: later('handoffreport') },
  { at: 'my-team', show: later('myteam') },
  { at: 'care-plan-rules', show: later('careplanrules') },
  ...own('check-ins', later('checkins')),
  { at: 'p/:patient/check-ins/new', show: later('writecheckin') },
  { at: 'p/:patient/check-in-form', show: later('checkinshape') },
  ...own('medicines', later('medicines')),
  ...own('medicines/new', later('newmedicine')),
  ...own('medicines/reaction', later('newreaction')),
  ...own('medicines/review', later('reviewmedicines')),
  ...own('medicines/emergency', later('emergencylist')),
  ...own('medicines/agreements', later('agreements')),
  ...own('medicines/agreements/new', later('newagreement')),
  ...own('medicines/agreements/:agreement', later('agreement')),
  ...own('medicines/side-effects', later('sideeffects')),
  ...own('medicines/side-effects/new', later('tellsideeffect')),
  ...own('medicines/side-effects/:effect', later('sideeffect')),
  ...own('medicines/supply', later('supply')),
  ...own('medicines/fact', later('newfact')),
  ...own('medicines/reactions/:reaction', later('newreaction')),
  ...own('medicines/:medicine', later('medicine')),
  ...own('tapers', later('tapers')),
  ...own('tapers/new/:medicine', later('newtaper')),
  ...own('tapers/:taper/edit', later('newtaper')),
  ...own('tapers/:taper', later('taper')),
  { at: 'tablets', show: later('tablets') },
  ...own('taking', later('taking')),
  ...own('refills', later('refills')),
  { at: 'medicine-strengths', show: later('strengths') },
  { at: 'medicine-rules', show: later('medicinerules') },
  ...own('messages', later('messages')),
  ...own('messages/new', later('newmessage')),
  { at: 'threads/:thread', show: later('thread') },
  { at: 'worry', show: later('worry') },
  { at: 'message-settings', show: later('messagesettings') },
  ...own('access', later('access')),
  ...own('referrals', later('referrals')),
  { at: 'peer', show: later('peer') },
  { at: 'contracts', show: later('contracts') },
  ...own('intake', later('intake')),
  ...own('way-out', later('wayout')),
  { at: 'try', show: later('tryit') },
  ...own('visits', later('visits')),
  ...own('visits/new', later('newvisit')),
  ...own('visits/suiting', later('suiting')),
  ...own('visits/new/:type', later('visittimes')),
  ...own('visits/:visit', later('visit')),
  ...own('visits/:visit/weekly', later('weekly')),
  ...own('visits/:visit/join', later('joinvisit')),
  ...own('visits/:visit/room', later('room')),
  ...own('visits/:visit/move', later('movevisit')),
  ...own('visits/:visit/cancel', later('cancelvisit')),
  { at: 'plan', show: plan, open: true }, // the plan of this phone, also when its person is signed out
  { at: 'p/:patient/plan', show: plan },
  ...own('plan/edit', later('editplan')),
  ...own('plan/draft', later('draft')),
  { at: 'p/:patient/plan/numbers', show: later('plannumbers') },
  ...own('plan/review', later('reviewplan')),
  ...own('plan/versions', later('planversions')),
  { at: 'plan/practice', show: later('practice') },
  { at: 'plan/share', show: later('shareplan') },
];

function own(at, show) {
  return [{ at, show }, { at: `p/:patient/${at}`, show }];
}

// find gives {route, params} for an address like "#/goals/123", or null. What mail
// programs and chats hang to a link (?utm_source=…, &…) is no part of it.
export function find(hash) {
  const parts = hash.replace(/^#\/?/, '').replace(/[?&].*/, '').split('/');
  for (const route of routes) {
    const params = fits(route.at.split('/'), parts);
    if (params) return { route, params };
  }
  return null;
}

function fits(pattern, parts) {
  if (pattern.length !== parts.length) return null;
  const params = {};
  for (const [i, name] of pattern.entries()) {
    if (name[0] === ':') params[name.slice(1)] = parts[i];
    else if (name !== parts[i]) return null;
  }
  return params;
}
