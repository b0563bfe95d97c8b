// Which check-ins may not be dropped, whatever refuses them. It is of its own so that the
// first modules of the page are few.

// Questions whose answer is about somebody's safety (models/checkin/data/questions.json), and
// the instruments that ask for it.
const safetyQuestions = ['safety', 'overdose', 'shakes', 'use', 'need-safety'];

// holdsSafety tells whether a check-in has an answer about somebody's safety, whatever
// it is.
export const holdsSafety = (checkIn) => safetyQuestions.some((id) => checkIn?.answers?.[id] !== undefined) ||
  (checkIn?.instruments ?? []).length > 0;
