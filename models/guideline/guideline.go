// Package guideline knows the guidelines of a site: who publishes each, which edition,
// until when somebody looks at it again, what it asks for point by point, what it advises,
// and which of its points are the opposite of another's. It is pure.
package guideline

import (
	"slices"
	"time"

	"handrail/models"
)

// Point is one thing that a guideline asks for. Its id stays when its words are put right.
type Point struct {
	ID   string `json:"id"`
	Text string `json:"text"`
}

// Contrary says that a point is the opposite of a point of another guideline. It is
// declared at one of the two and holds for both.
type Contrary struct {
	Point      string `json:"point"`
	Guideline  string `json:"guideline"`
	OtherPoint string `json:"otherPoint"`
}

// Terms are what the office writes of a guideline. Activities are codes of the catalogue of
// care plans, medicines names of ingredients (RxNorm).
type Terms struct {
	Title            string     `json:"title"`
	Source           string     `json:"source"`
	Edition          string     `json:"edition"`
	ReviewOn         string     `json:"reviewOn"` // YYYY-MM-DD: by when somebody asks whether it still holds
	Points           []Point    `json:"points"`
	Advises          []string   `json:"advises,omitempty"`
	Against          []string   `json:"against,omitempty"`
	AdvisesMedicines []string   `json:"advisesMedicines,omitempty"`
	AgainstMedicines []string   `json:"againstMedicines,omitempty"`
	Contrary         []Contrary `json:"contrary,omitempty"`
}

// Guideline is one of the site. One that ended is linked no more, and stays readable.
type Guideline struct {
	ID string `json:"id"`
	Terms
	Since     time.Time     `json:"since"`
	ChangedAt time.Time     `json:"changedAt"`
	By        models.Author `json:"by"`
	EndedAt   *time.Time    `json:"endedAt,omitempty"`
}

// Limits, texts in characters.
const (
	MaxName     = 200
	MaxPoint    = 300
	MaxPoints   = 20 // as many as a care plan ticks of one item
	MaxOf       = 30 // activities and medicines each way, and contraries
	latestYears = 5
)

// Known tells which activities and medicines there are.
type Known struct {
	Activity func(code string) bool
	Medicine func(name string) bool
}

// Check says what is wrong; today is the site's date. Errors: KindInvalid with fields.
func (t Terms) Check(id, today string, known Known) error {
	var c models.Checks
	c.Text("title", t.Title, 1, MaxName)
	c.Text("source", t.Source, 1, MaxName)
	c.Text("edition", t.Edition, 1, MaxName)
	c.Require(t.ReviewOn != "", "reviewOn", "required", "Say when somebody looks at it again.")
	c.Date("reviewOn", t.ReviewOn)
	if day, err := time.Parse(time.DateOnly, today); err == nil && t.ReviewOn != "" {
		c.Require(t.ReviewOn <= day.AddDate(latestYears, 0, 0).Format(time.DateOnly), "reviewOn", "too-far", "Give a day within five years.")
	}
	c.Require(len(t.Points) > 0 && len(t.Points) <= MaxPoints, "points", "required", "Give 1 to 20 points.")
	ids := map[string]bool{}
	for n, p := range t.Points {
		at := models.Indexed("points", n)
		c.Require(models.IsID(p.ID) && !ids[p.ID], at+".id", "bad-id", "Each point has an id of its own.")
		c.Text(at+".text", p.Text, 1, MaxPoint)
		ids[p.ID] = true
	}
	ways(&c, "advises", t.Advises, "against", t.Against, known.Activity)
	ways(&c, "advisesMedicines", t.AdvisesMedicines, "againstMedicines", t.AgainstMedicines, known.Medicine)
	c.Require(len(t.Contrary) <= MaxOf, "contrary", "too-many", "Please keep it to 30.")
	for n, o := range t.Contrary {
		at := models.Indexed("contrary", n)
		c.Require(ids[o.Point], at+".point", "not-there", "Name a point of this guideline.")
		c.Require(models.IsID(o.Guideline) && o.Guideline != id, at+".guideline", "not-there", "Name another guideline.")
		c.Require(models.IsID(o.OtherPoint), at+".otherPoint", "not-there", "Name a point of that guideline.")
	}
	return c.Err()
}

// ways holds what is advised, and advised against, and that nothing is both.
func ways(c *models.Checks, one string, advised []string, other string, against []string, known func(string) bool) {
	for _, side := range []struct {
		field string
		all   []string
	}{{one, advised}, {other, against}} {
		c.Require(len(side.all) <= MaxOf, side.field, "too-many", "Please keep it to 30.")
		for n, code := range side.all {
			c.Require(known(code), models.Indexed(side.field, n), "not-a-choice", "Choose one of those that are known.")
			c.Require(side.field == one || !slices.Contains(advised, code), models.Indexed(side.field, n), "both-ways", "One guideline can't advise it and advise against it.")
		}
	}
}

// Point finds one by its id.
func (t Terms) Point(id string) (Point, bool) {
	for _, p := range t.Points {
		if p.ID == id {
			return p, true
		}
	}
	return Point{}, false
}
