package crisisplan

import (
	"maps"
	"slices"
	"strings"
	"time"

	"handrail/models"
)

// RenewalTerms is what the clinic says of a number of its own.
type RenewalTerms struct {
	Was   string `json:"was"`
	Phone Phone  `json:"phone"`
	Hours *Hours `json:"hours,omitempty"`
}

// Renewal is a number of the clinic that is no longer what the patient confirmed.
// It lies over the plan in force and over what is proposed: what was confirmed stays
// as it was, and every reader sees the new number, marked and dated.
type Renewal struct {
	RenewalTerms
	Agency string        `json:"agency"` // the clinic's name then
	On     string        `json:"on"`     // local day of the patient
	By     models.Author `json:"by"`
	At     time.Time     `json:"at"`
}

// maxPlanRenewals bounds what lies over a plan; it has eight contacts.
const maxPlanRenewals = 20

// Renew takes in a new number, or new hours, of the clinic itself. active is what the
// patient confirmed; site is the clinic's name. It holds at once. Errors: KindInvalid
// (not a number of the clinic, no number), KindForbidden (team only).
func (p *Plan) Renew(active Content, terms RenewalTerms, site string, by models.Actor, today string, now time.Time) error {
	if by.Role != models.RoleClinician || by.Discipline == models.DisciplineTrainee {
		return models.E(models.KindForbidden, "team-renews", "The team renews the clinic's own numbers.")
	}
	terms.Was, terms.Phone = models.DialledPhone(terms.Was), terms.Phone.normal()
	var c models.Checks
	terms.Phone.check(&c, "phone", true)
	if terms.Hours != nil {
		terms.Hours = &Hours{terms.Hours.Always, terms.Hours.Zone, orNone(terms.Hours.Open)}
		terms.Hours.check(&c, "hours")
	}
	c.Require(slices.Contains(p.ClinicNumbers(active, site), terms.Was), "was", "not-the-clinics", "This is no number of the clinic in this plan. The patient confirms all others.")
	if err := c.Err(); err != nil {
		return err
	}
	p.Renewals = maps.Clone(p.Renewals)
	if p.Renewals == nil {
		p.Renewals = map[string]Renewal{}
	}
	key := terms.Was
	for was, r := range p.Renewals {
		if r.Phone.Number == terms.Was {
			key = was // the number that the patient confirmed
			if terms.Hours == nil {
				terms.Hours = r.Hours
			}
		}
	}
	if old, again := p.Renewals[key]; again && old.Phone == terms.Phone && samePlanHours(old.Hours, terms.Hours) {
		return nil // a repeated call whose answer was lost
	}
	terms.Was = key
	p.Renewals[key] = Renewal{terms, site, today, models.AuthorOf(by), now.UTC().Truncate(time.Millisecond)}
	if len(p.Renewals) > maxPlanRenewals {
		return models.E(models.KindTooMany, "too-many-renewals", "Many numbers were renewed. Write the plan anew together.")
	}
	p.Numbers = maps.Clone(p.Numbers)
	if p.Numbers == nil {
		p.Numbers = map[string]NumberCheck{}
	}
	p.Numbers[terms.Phone.Number] = NumberCheck{today, models.AuthorOf(by), false}
	return nil
}

func samePlanHours(a, b *Hours) bool {
	x, errX := canonicalJSON(a)
	y, errY := canonicalJSON(b)
	return errX == nil && errY == nil && string(x) == string(y)
}

// ClinicNumbers lists the numbers of the clinic itself that a content shows.
func (p Plan) ClinicNumbers(content Content, site string) []string {
	out := []string{}
	if s := p.Renewed(content).ProfessionalSupport; s != nil {
		for _, contact := range s.Contacts {
			if site != "" && sameAgency(contact.Agency, site) {
				out = append(out, contact.Phone.Number)
			}
		}
	}
	return out
}

func sameAgency(a, b string) bool {
	return strings.EqualFold(strings.TrimSpace(a), strings.TrimSpace(b))
}

// Renewed is a content as it is shown: with the clinic's newest numbers and hours.
func (p Plan) Renewed(content Content) Content {
	return p.eachContact(content, func(c *Professional) {
		if r, ok := p.Renewals[c.Phone.Number]; ok && sameAgency(c.Agency, r.Agency) {
			c.Phone, c.RenewedOn = r.Phone, r.On
			if r.Hours != nil {
				c.Hours = r.Hours
			}
		}
	})
}

// unrenewed takes the clinic's newest numbers off what an author sends back, so that
// they change nothing that the patient confirmed. base is what the author had.
func (p Plan) unrenewed(content, base Content) Content {
	return p.eachContact(content, func(c *Professional) {
		marked := c.RenewedOn != ""
		c.RenewedOn = ""
		if !marked || base.ProfessionalSupport == nil {
			return
		}
		for _, before := range base.ProfessionalSupport.Contacts {
			r, ok := p.Renewals[before.Phone.Number]
			if ok && r.Phone == c.Phone && sameAgency(before.Agency, c.Agency) {
				c.Phone, c.Hours = before.Phone, before.Hours
			}
		}
	})
}

func (p Plan) eachContact(content Content, change func(*Professional)) Content {
	if content.ProfessionalSupport == nil {
		return content
	}
	s := *content.ProfessionalSupport
	s.Contacts = eachOf(s.Contacts, change)
	content.ProfessionalSupport = &s
	return content
}
