package imports

import "handrail/models"

var peopleColumns = []string{"name", "preferredname", "role", "discipline", "birthdate", "phone", "recordnumber", "zone", "language", "country"}

// MaxRecordNumber is how long the number of a record elsewhere may be, in characters.
const MaxRecordNumber = 40

// Somebody is a person of a file or of the clinic, as far as doubles are looked for.
type Somebody struct {
	Name         string
	Role         models.Role
	BirthDate    string // YYYY-MM-DD; "": not known
	Phone        string // E.164
	RecordNumber string // of the clinic's older records (FHIR identifier, type MR)
	Twin         Twin   // how to name them to who looks
}

// Crowd is the people whom lines are held against.
type Crowd struct{ byName, byPhone, byNumber map[string][]Somebody }

// NewCrowd is an empty one.
func NewCrowd() *Crowd {
	return &Crowd{map[string][]Somebody{}, map[string][]Somebody{}, map[string][]Somebody{}}
}

// Add puts somebody in.
func (c *Crowd) Add(s Somebody) {
	if name := AlikeName(s.Name); name != "" {
		c.byName[name] = append(c.byName[name], s)
	}
	if s.Phone != "" {
		c.byPhone[s.Phone] = append(c.byPhone[s.Phone], s)
	}
	if s.RecordNumber != "" {
		c.byNumber[s.RecordNumber] = append(c.byNumber[s.RecordNumber], s)
	}
}

// Named are the people of a name, in any spelling.
func (c *Crowd) Named(name string) []Somebody { return c.byName[AlikeName(name)] }

// Numbered are the people with a number of the clinic's older records.
func (c *Crowd) Numbered(number string) []Somebody { return c.byNumber[number] }

// Hold tells what somebody new would be: Double with one record number, or one name and
// birth date, of two patients; Alike with one name, whatever the role, or one phone.
func (c *Crowd) Hold(s Somebody) (State, *Twin) {
	patient := func(o Somebody) bool { return s.Role == models.RolePatient && o.Role == models.RolePatient }
	if s.RecordNumber != "" {
		for _, o := range c.byNumber[s.RecordNumber] {
			if patient(o) {
				return Double, o.is(ByRecordNumber)
			}
		}
	}
	named := c.Named(s.Name)
	for _, o := range named {
		if patient(o) && s.BirthDate != "" && o.BirthDate == s.BirthDate {
			return Double, o.is(ByNameAndBirth)
		}
	}
	if len(named) > 0 {
		return Alike, named[0].is(ByName)
	}
	if s.Phone != "" && len(c.byPhone[s.Phone]) > 0 {
		return Alike, c.byPhone[s.Phone][0].is(ByPhone)
	}
	return New, nil
}

func (s Somebody) is(by string) *Twin {
	t := s.Twin
	t.By = by
	return &t
}
