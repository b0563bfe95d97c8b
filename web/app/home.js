// Where each role begins, and where somebody goes on who had to sign in first.

export const home = (role) =>
  ({ patient: '#/today', clinician: '#/patients', supporter: '#/beside', interpreter: '#/interpreting', coordinator: '#/office', administrator: '#/office' })[role] ?? '#/enrol';

let wanted = null;

// remember keeps what a person was sent here for, while they sign in.
export const remember = (hash) => { wanted = hash; };

// onward is where somebody goes who has just signed in, once.
export function onward(role) {
  const to = wanted ?? home(role);
  wanted = null;
  return to;
}
