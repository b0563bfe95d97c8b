package careplan_test

import (
	"testing"
	"time"

	"handrail/care"
	"handrail/care/caretest"
	"handrail/models"
	"handrail/models/careplan"
	"handrail/models/checkin"
)

// tell sends a check-in of now.
func (c *clinic) tell(answers map[string]any) {
	c.t.Helper()
	ok(c.Chart(c.sam, c.sam.PatientID).Record.SendCheckIn(c.t.Context(), care.NewID(), checkin.Submission{FormVersion: 1, AnsweredAt: c.Clock.Now(), Zone: caretest.Site.Zone, Answers: answers}))(c.t)
}

// TestACourseStandsBesideWhatWasTold: the range that the team wrote, and the mean of seven
// of the patient's days; another way is told without a verdict, and silence is not guessed.
func TestACourseStandsBesideWhatWasTold(t *testing.T) {
	c := newClinic(t)
	hope := []careplan.Expected{{By: c.Day(40), Words: "You sleep most nights.", Measure: "sleep", Low: new(6.0), High: new(9.0)},
		{By: c.Day(10), Words: "You sleep a bit more.", Measure: "sleep", Low: new(4.0), High: new(9.0)},
		{By: c.Day(20), Words: "Mornings feel lighter."}, {By: c.Day(60), Words: "Low mood is rare.", Measure: "phq-9", Low: new(0.0), High: new(9.0)}}
	v := c.change(c.doctor, 2, careplan.ItemEdit{ID: c.sleep, Expect: &hope})
	if i := c.item(c.sleep); len(i.Expect) != 4 || i.Agreed {
		t.Fatalf("%+v", i)
	}
	at := func(who models.Actor) []careplan.Beside {
		t.Helper()
		course := ok(c.plan(who).Course(t.Context()))(t)
		if len(course.Items) != 1 || course.Items[0].Item != c.sleep {
			t.Fatalf("%+v", course)
		}
		return course.Items[0].Expected
	}
	if e := at(c.sam); e[0].State != careplan.CourseToCome || e[0].By != c.Day(10) || e[0].Unit != "h" || e[3].State != careplan.CourseForTheTeam {
		t.Errorf("at first: %+v", e)
	}
	for n := range 10 {
		c.Clock.Move(24 * time.Hour)
		if n >= 5 { // the last five days up to the tenth
			c.tell(map[string]any{"mood": 4.0, "sleep": float64(n), "safety": false})
		}
	}
	if e := at(c.doctor); e[0].State != careplan.CourseAsExpected || *e[0].Value != 7 {
		t.Errorf("on the tenth day: %+v", e[0])
	}
	c.Clock.Move(30 * 24 * time.Hour)
	c.tell(map[string]any{"mood": 4.0, "sleep": 3.0, "safety": false})
	e := at(c.sam)
	if e[1].State != careplan.CourseInWords || e[2].State != careplan.CourseOtherwise || *e[2].Value != 3 {
		t.Errorf("on the fortieth day: %+v", e)
	}
	if e := at(c.doctor); e[3].State != careplan.CourseToCome {
		t.Errorf("a score ahead: %+v", e[3])
	}
	c.Clock.Move(30 * 24 * time.Hour)
	if e := at(c.doctor); e[3].State != careplan.CourseNotTold || e[3].Value != nil {
		t.Errorf("silence: %+v", e[3])
	}
	course := ok(c.plan(c.sam).Course(t.Context()))(t)
	if len(course.Lines) != 1 || course.Lines[0].Measure != "sleep" || course.Withheld {
		t.Errorf("the patient's lines: %+v", course.Lines)
	}
	s := ok(c.plan(c.sam).Summary(t.Context(), "es"))(t)
	if words := s.Sections[0].Lines[0].Sentences; len(words) < 2 || v.Version != 3 {
		t.Errorf("the summary: %q", words)
	}
}

// TestWhatIsExpectedIsTheTeams: a day that went by is not added but stays, a range lies in
// its measure, and a patient who brought something does not write its course.
func TestWhatIsExpectedIsTheTeams(t *testing.T) {
	c := newClinic(t)
	for _, bad := range []struct {
		field string
		of    careplan.Expected
	}{
		{"by", careplan.Expected{By: c.Day(0), Words: "x"}}, {"by", careplan.Expected{By: "9999-01-01", Words: "x"}}, {"by", careplan.Expected{By: "2027-02-30", Words: "x"}},
		{"words", careplan.Expected{By: c.Day(1)}}, {"measure", careplan.Expected{By: c.Day(1), Words: "x", Measure: "note"}},
		{"low", careplan.Expected{By: c.Day(1), Words: "x", Measure: "mood", High: new(3.0)}},
		{"high", careplan.Expected{By: c.Day(1), Words: "x", Measure: "mood", Low: new(3.0), High: new(1000.0)}},
		{"high", careplan.Expected{By: c.Day(1), Words: "x", Measure: "sleep", Low: new(8.0), High: new(3.0)}},
	} {
		_, err := c.plan(c.doctor).Change(t.Context(), careplan.Edit{Base: 2, Reason: "x", Items: []careplan.ItemEdit{{ID: c.sleep, Expect: &[]careplan.Expected{bad.of}}}})
		if f := caretest.FieldsOf(err); len(f) != 1 || f[0].Field != "items[0].expect[0]."+bad.field {
			t.Errorf("%+v: %v %v", bad.of, err, f)
		}
	}
	own := care.NewID()
	c.change(c.sam, 2, careplan.ItemEdit{ID: own, Kind: careplan.Step, Title: new("Call my sister")})
	_, err := c.plan(c.sam).Change(t.Context(), careplan.Edit{Base: 3, Items: []careplan.ItemEdit{{ID: own, Expect: &[]careplan.Expected{{By: c.Day(5), Words: "x"}}}}})
	caretest.WantKind(t, err, models.KindForbidden, "not-for-your-profession")
	hope := []careplan.Expected{{By: c.Day(1), Words: "You rest."}}
	c.change(c.doctor, 3, careplan.ItemEdit{ID: c.sleep, Expect: &hope})
	c.Clock.Move(48 * time.Hour)
	hope = append(hope, careplan.Expected{By: c.Day(9), Words: "You rest more."})
	c.change(c.doctor, 4, careplan.ItemEdit{ID: c.sleep, Expect: &hope})
	if i := c.item(c.sleep); len(i.Expect) != 2 {
		t.Errorf("what stood before: %+v", i.Expect)
	}
}
