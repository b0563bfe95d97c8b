package referral

import "time"

// Line is a referral in a partner's list: nothing of the person.
type Line struct {
	ID        string     `json:"id"`
	Need      string     `json:"need"`
	Status    Status     `json:"status"`
	DueAt     time.Time  `json:"dueAt"`
	BookedFor *time.Time `json:"bookedFor,omitempty"`
}

// Line is the referral in a partner's list.
func (r Referral) Line() Line { return Line{r.ID, r.Sent.Need, r.Status, r.DueAt, r.BookedFor} }

// ForPartner is a referral as its partner sees it: what the patient signed, and what the
// partner did itself.
type ForPartner struct {
	Line
	Sent     Content  `json:"sent"`
	Attended *bool    `json:"attended,omitempty"`
	Outcome  *Said    `json:"outcome,omitempty"`
	May      []Status `json:"may"` // what it can be moved to
}

// Portal is the referral as its partner sees it.
func (r Referral) Portal() ForPartner {
	may := byPartner[r.Status]
	if may == nil {
		may = []Status{}
	}
	return ForPartner{r.Line(), r.Sent, r.Attended, r.Outcome, may}
}
