// Where each role begins, and where a guardian may go.

export const home = (role) =>
  ({ patient: '#/today', clinician: '#/patients', supporter: '#/patients', guardian: '#/patients', interpreter: '#/interpreting', coordinator: '#/office', administrator: '#/office' })[role] ?? '#/enrol';

// What a guardian's screens are. Anything else leads them to their first one; what of it
// opens a part of a record is up to the clinic's computer.
const guardian = /^(help|enrol.*|language|confirm.*|learn.*|patients|more|inbox|devices|ways|p\/:patient(\/(visits(\/:visit)?|goals(\/:goal)?|check-ins|plan|team|sharing(\/new)?|access-log))?)$/;

// mayGo tells whether a role has the screen of a route.
export const mayGo = (role, { at }) => role !== 'guardian' || guardian.test(at);
