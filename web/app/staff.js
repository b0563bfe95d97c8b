// Who works at the clinic and signs in as such.

export const staff = (role) => ['clinician', 'coordinator', 'administrator'].includes(role);
