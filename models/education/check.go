package education

import (
	"regexp"
	"slices"

	"handrail/models"
	"handrail/models/education/infobutton"
)

// Limits on one module. Lengths of texts are in runes. Nothing is cut: what is longer
// is refused.
const (
	MaxDocument  = 64 << 10 // bytes of a whole file
	MaxBody      = 16 << 10 // bytes: with it a page stays small on a slow network
	maxID        = 64
	maxTitle     = 80
	maxSummary   = 240
	maxTry       = 400
	maxQuestion  = 240
	maxAnswer    = 200
	maxFeedback  = 300
	maxAnswers   = 5
	maxList      = 20
	maxFind      = 40
	maxFindRunes = 60
	maxConfirm   = 300
	maxRole      = 80
	maxSections  = 12
	maxDepth     = 6 // lists in lists in quotes
	maxLinkRunes = 300
)

var (
	idForm          = regexp.MustCompile(`^[a-z0-9]+(?:-[a-z0-9]+)*$`)
	languageForm    = regexp.MustCompile(`^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}$`)
	fingerprintForm = regexp.MustCompile(`^[A-Za-z0-9_-]{16}$`)
)

// Check holds what a draft has to keep already: sizes, codes, no markup that is not
// allowed. What may still be missing is a matter of Ready. Error: KindInvalid with the
// fields by their names in the front matter; "body" for the text, with the line.
func (m Module) Check() error {
	var c models.Checks
	checkID(&c, "id", m.ID)
	c.Require(len(m.Language) <= maxID && languageForm.MatchString(m.Language), "language", "not-a-language", "Give a language tag such as en, es or ar.")
	checkLine(&c, "title", m.Title, 1, maxTitle)
	checkLine(&c, "summary", m.Summary, 0, maxSummary)
	checkOneOf(&c, "topic", m.Topic, Topics)
	checkOneOf(&c, "need", m.Need, Needs)
	checkOneOf(&c, "audience", m.Audience, Audiences)
	c.Require(m.Level == 0 || m.Level == 4 || m.Level == 6, "level", "not-allowed", "Give 4 or 6.")
	checkIDs(&c, "words", m.Words)
	checkIDs(&c, "related", m.Related)
	checkIDs(&c, "sources", m.Sources)
	c.Require(len(m.Find) <= maxFind, "find", "too-many", "This list is too long.")
	for i, text := range m.Find {
		checkLine(&c, models.Indexed("find", i), text, 1, maxFindRunes)
	}
	c.Require(len(m.Codes) <= maxList, "codes", "too-many", "This list is too long.")
	for i, code := range m.Codes {
		_, ok := infobutton.ParseCode(code)
		c.Require(ok, models.Indexed("codes", i), "not-a-code", "Give a system and a code: icd10cm:F11, snomed:75544000, rxnorm:7242.")
	}
	c.Require(len(m.Confirm) <= maxList, "confirm", "too-many", "This list is too long.")
	for i, text := range m.Confirm {
		checkLine(&c, models.Indexed("confirm", i), text, 1, maxConfirm)
	}
	m.Review.check(&c)
	checkRatings(&c, m.Ratings)
	if o := m.MadeFrom; o != nil {
		c.Require(len(o.Language) <= maxID && languageForm.MatchString(o.Language), "madeFrom.language", "not-a-language", "Give a language tag such as en, es or ar.")
		c.Require(o.Language != m.Language, "madeFrom.language", "itself", "A text is not a translation of its own language.")
		c.Require(fingerprintForm.MatchString(o.Fingerprint), "madeFrom.fingerprint", "not-a-fingerprint", "Give the 16 characters of the source text's fingerprint.")
	}
	sections := checkBody(&c, m.Body)
	m.Question.check(&c, sections)
	checkLine(&c, "try", m.Try, 0, maxTry)
	return c.Err()
}

// Ready is what a module lacks before it may be published: KindInvalid with the
// fields, or nil. It expects a module that Check let pass.
func (m Module) Ready() error {
	var c models.Checks
	need := func(ok bool, field, text string) { c.Require(ok, field, "required", text) }
	need(m.Summary != "", "summary", "Say in a sentence what the reader can do after it.")
	need(m.Topic != "", "topic", "Give a topic.")
	need(m.Need != "", "need", "Say when somebody needs it.")
	need(m.Audience != "", "audience", "Say who it is for.")
	need(m.Level != 0, "level", "Say how easy it has to be: 4 or 6.")
	need(len(m.Sources) > 0, "sources", "Name at least one source.")
	need(m.Try != "", "try", "Give one thing to try this week.")
	need(sectionsOf(m.Body) >= 2, "body", "Give the text at least two headings.")
	need(m.Question.Text != "", "question.text", "Ask one question.")
	need(len(m.Question.Answers) >= 2, "question.answers", "Give at least two answers.")
	right := 0
	for i, a := range m.Question.Answers {
		at := models.Indexed("question.answers", i)
		need(a.Feedback != "", at+".feedback", "Say what somebody is told who picks this.")
		if a.Right {
			right++
		} else {
			need(a.Again > 0, at+".again", "Say which section is shown again.")
		}
	}
	c.Require(right == 1, "question.answers", "one-right", "Exactly one answer is right.")
	return c.Err()
}

func (r Review) check(c *models.Checks) {
	c.Date("reviewedOn", r.On)
	c.Date("nextReview", r.Next)
	checkLine(c, "reviewerRole", r.Role, 0, maxRole)
	for field, value := range map[string]string{"reviewedOn": r.On, "reviewerRole": r.Role, "nextReview": r.Next} {
		if r.Reviewed {
			c.Require(value != "", field, "required", "A review has a day, a role and the day of the next one.")
		} else {
			c.Require(value == "", field, "not-reviewed", "Leave this out until somebody has reviewed the text.")
		}
	}
	c.Require(!r.Reviewed || r.Next > r.On, "nextReview", "too-early", "The next review comes after this one.")
}

func (q Question) check(c *models.Checks, sections int) {
	checkLine(c, "question.text", q.Text, 0, maxQuestion)
	c.Require(len(q.Answers) <= maxAnswers, "question.answers", "too-many", "Give five answers at most.")
	for i, a := range q.Answers {
		at := models.Indexed("question.answers", i)
		checkLine(c, at+".text", a.Text, 1, maxAnswer)
		checkLine(c, at+".feedback", a.Feedback, 0, maxFeedback)
		c.Require(a.Again >= 0 && a.Again <= sections, at+".again", "no-such-section", "There is no section with this number.")
	}
}

func checkID(c *models.Checks, field, id string) {
	c.Require(len(id) <= maxID && idForm.MatchString(id), field, "not-an-id", "Use small letters, digits and hyphens: overdose-response.")
}

func checkIDs(c *models.Checks, field string, ids []string) {
	c.Require(len(ids) <= maxList, field, "too-many", "This list is too long.")
	for i, id := range ids {
		checkID(c, models.Indexed(field, i), id)
		c.Require(!slices.Contains(ids[:i], id), models.Indexed(field, i), "twice", "This is in the list already.")
	}
}

func checkOneOf[T ~string](c *models.Checks, field string, value T, all []T) {
	c.Require(value == "" || slices.Contains(all, value), field, "not-allowed", "This is not one of the values that can be given.")
}

// checkLine holds a text of one line as models.Line does.
func checkLine(c *models.Checks, field, value string, min, max int) {
	c.Text(field, value, min, max)
	line, ok := models.Line(value)
	c.Require(ok && line == value, field, "not-a-line", "Write this as one line, without signs that nobody sees.")
}
