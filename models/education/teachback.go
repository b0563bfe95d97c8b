package education

import "handrail/models"

// Told is what a reader is told about an answer. It is about the page, not about the
// reader: nobody fails.
type Told struct {
	Right    bool   `json:"right"`
	Feedback string `json:"feedback"`
	Section  int    `json:"section,omitempty"` // to be shown once more; 0 for none
}

// Tell says what somebody is told who picks the answer with this number (0 is the
// first). Error: KindInvalid, field "answer".
func (q Question) Tell(answer int) (Told, error) {
	if answer < 0 || answer >= len(q.Answers) {
		return Told{}, invalid("answer", "no-such-answer", "Pick one of the answers.")
	}
	a := q.Answers[answer]
	return Told{a.Right, a.Feedback, a.Again}, nil
}

// Answered is one answer of one reader, as it is kept: to which words of the question,
// and whether the page was clear.
type Answered struct {
	Module      string `json:"module"`
	Language    string `json:"language"`
	Fingerprint string `json:"fingerprint"` // of the text that was read
	Answer      int    `json:"answer"`
}

// Check holds what a phone sends, that may come days later and for a text that has
// changed since. Error: KindInvalid with the fields.
func (a Answered) Check() error {
	var c models.Checks
	checkID(&c, "module", a.Module)
	c.Require(len(a.Language) <= maxID && languageForm.MatchString(a.Language), "language", "not-a-language", "Give a language tag such as en, es or ar.")
	c.Require(fingerprintForm.MatchString(a.Fingerprint), "fingerprint", "not-a-fingerprint", "Give the fingerprint of the text that was read.")
	c.Require(a.Answer >= 0 && a.Answer < maxAnswers, "answer", "no-such-answer", "Pick one of the answers.")
	return c.Err()
}
