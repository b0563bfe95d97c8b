// Where each role begins.

export const home = (role) =>
  ({ patient: '#/today', clinician: '#/patients', supporter: '#/beside', interpreter: '#/interpreting', coordinator: '#/office', administrator: '#/office' })[role] ?? '#/enrol';
