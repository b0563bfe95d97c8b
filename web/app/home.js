// Where each role begins, where somebody goes on who had to sign in first, and where a
// guardian may go.
export const home = (role) =>
  ({ patient: '#/today', clinician: '#/patients', supporter: '#/beside', guardian: '#/patients', interpreter: '#/interpreting', partner: '#/partner', coordinator: '#/office', administrator: '#/office' })[role] ?? '#/enrol';

let wanted = null;

// remember keeps what a person was sent here for, while they sign in.
export const remember = (hash) => { wanted = hash; };

// onward is where somebody goes who has just signed in, once.
export function onward(role) {
  const to = wanted ?? home(role);
  wanted = null;
  return to;
}

// What a guardian's screens are. Anything else leads them to their first one; what of it
// opens a part of a record is up to the clinic's computer.
const guardian = /^(patients|more|inbox|devices|ways|keep|p\/:patient(\/(visits(\/:visit)?|goals(\/:goal)?|check-ins|plan|team|sharing(\/new)?|access-log))?)$/;

// What a partner's are: the referrals to them, and their own sign-in.
const partner = /^(partner(\/:referral)?|more|inbox|reminders|devices|ways|keep)$/;

// mayGo tells whether a role has the screen of a route; what needs no sign-in, everybody
// has, but for the plan of this phone, which is a patient's own.
export const mayGo = (role, { at, open }) => (open && at !== 'plan') || ((role !== 'guardian' || guardian.test(at)) && (role !== 'partner' || partner.test(at)));
