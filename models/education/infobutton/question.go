package infobutton

import (
	"maps"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"handrail/models"
)

// Question is what a record asks for. It is about nobody: age and gender are read over.
type Question struct {
	Codes    []Code
	Names    []string // display names and words as they were written
	Language string   // BCP 47; "" for the site's own
	Answer   Form
	Task     string // code of HL7's act context, such as PROBLISTREV; only said again
	For      string // PAT or PROV; "" for not told
}

// Form is the form of an answer.
type Form string

// The forms (knowledgeResponseType).
const (
	HTML Form = "text/html"
	JSON Form = "application/json"
	Atom Form = "application/atom+xml"
)

// MostByName is how many pages a name leads to at most.
const MostByName = 5

const (
	maxCriteria = 10
	maxValue    = 300 // bytes of one value
)

var (
	criterion = regexp.MustCompile(`^mainSearchCriteria\.v\.(c|cs|dn|ot)([0-9]{0,2})$`)
	taskForm  = regexp.MustCompile(`^[A-Z]{2,20}$`)
	langForm  = regexp.MustCompile(`^[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8}){0,3}$`)
	// identity are parameters that say who a person is: the patient, and who asks. What
	// kind of person it is (age, gender) is not among them.
	identity = regexp.MustCompile(`(?i)^(?:patient|patientPerson|patientContext|subject|recordTarget|encounter|informationRecipient|performer|assignedAuthorizedPerson)\.(?:.*\.)?(?:id|name|telecom|addr|birthTime|existenceTime|ssn|mrn)(?:\..*)?$|^(?:patient|patientId|patient_id|mrn|ssn|name|dob|birthdate|birthTime|email|phone)[0-9]*$`)
)

// ParseQuestion reads the parameters of the URL-based form. Those that name a person are
// refused, so that whoever sends them notices; what else is not known is read over, as the
// guide wants. Errors: KindInvalid, with the name of the parameter and never its value.
func ParseQuestion(values url.Values) (Question, error) {
	var c models.Checks
	q := Question{Answer: HTML}
	systems, codes := map[string]string{}, map[string]string{}
	names := []string{}
	for _, name := range slices.Sorted(maps.Keys(values)) {
		value := strings.TrimSpace(values.Get(name))
		switch found := criterion.FindStringSubmatch(name); {
		case identity.MatchString(name):
			c.Fail("query", "identity-not-taken", "A parameter says who a person is. Ask about the condition alone.")
		case len(value) > maxValue:
			c.Fail("query", "too-long", "A parameter is too long.")
		case found == nil:
		case found[1] == "c":
			codes[found[2]] = value
		case found[1] == "cs":
			systems[found[2]] = value
		case value != "":
			names = append(names, value)
		}
	}
	c.Require(len(codes)+len(names) > 0, "mainSearchCriteria", "required", "Say what the question is about: mainSearchCriteria.v.c with .cs, or .dn.")
	c.Require(len(codes) <= maxCriteria && len(names) <= 2*maxCriteria, "mainSearchCriteria", "too-many", "Ask about fewer things at once.")
	for n, code := range codes {
		if known, ok := CodeOf(systems[n], code); ok {
			q.Codes = append(q.Codes, known)
		}
	}
	q.Names = names
	q.read(&c, values)
	return q, c.Err()
}

func (q *Question) read(c *models.Checks, values url.Values) {
	first := func(names ...string) string {
		for _, name := range names {
			if v := values.Get(name); v != "" {
				return v
			}
		}
		return ""
	}
	if language := first("informationRecipient.languageCode.c", "performer.languageCode.c"); language != "" {
		c.Require(langForm.MatchString(language), "languageCode", "not-a-language", "Give a language tag such as en, es or ar.")
		q.Language = strings.ReplaceAll(language, "_", "-")
	}
	if who := first("informationRecipient", "performer"); who == "PAT" || who == "PROV" {
		q.For = who
	}
	if task := values.Get("taskContext.c.c"); taskForm.MatchString(task) {
		q.Task = task
	}
	switch form := first("knowledgeResponseType"); form {
	case "", "text/html":
	case "application/json", "text/json":
		q.Answer = JSON
	case "application/atom+xml", "text/xml", "application/xml":
		q.Answer = Atom
	default:
		c.Fail("knowledgeResponseType", "not-allowed", "Ask for text/html, application/json or application/atom+xml.")
	}
}
