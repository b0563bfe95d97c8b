package peers_test

import (
	"errors"
	"slices"
	"sync"
	"testing"
	"time"

	"handrail/care"
	"handrail/care/caretest"
	"handrail/care/peers"
	"handrail/care/tasks"
	"handrail/models"
	"handrail/models/peer"
	"handrail/models/task"
)

type clinic struct {
	*caretest.Clinic
	t              *testing.T
	sam, rosa      models.Actor
	robin, jo, doc models.Actor // two peers, and somebody who is none
}

func newClinic(t *testing.T) *clinic {
	h := caretest.New(t)
	c := &clinic{Clinic: h, t: t, sam: h.Patient()}
	c.rosa, c.robin, c.jo, c.doc = h.Supporter(c.sam), h.Clinician(models.DisciplinePeer), h.Clinician(models.DisciplinePeer), h.Clinician(models.DisciplinePsychiatry, c.sam)
	return c
}

func (c *clinic) ok(err error) {
	c.t.Helper()
	if err != nil {
		c.t.Fatal(err, caretest.FieldsOf(err))
	}
}

func (c *clinic) own() *peers.Part { return c.Chart(c.sam, c.sam.PatientID).Peer }

func (c *clinic) share(who models.Actor, t peer.ProfileTerms) {
	c.t.Helper()
	v, err := c.Care.Peer.Profile(c.t.Context(), who)
	c.ok(err)
	for range 2 {
		_, err = c.Care.Peer.SetProfile(c.t.Context(), who, v.Version, t)
		c.ok(err)
	}
}

func code(err error) string {
	e, _ := errors.AsType[*models.Error](err)
	if e == nil {
		return ""
	}
	return e.Code
}

func names(fits []peer.Fit, of map[string]string) (out []string) {
	for _, f := range fits {
		out = append(out, of[f.AccountID])
	}
	return out
}

// TestAPeerByWhatThePersonWants: language and gender are kept to, what was lived through
// and hours say who comes first, and who is full or closed is not shown.
func TestAPeerByWhatThePersonWants(t *testing.T) {
	c := newClinic(t)
	of := map[string]string{c.robin.AccountID: "robin", c.jo.AccountID: "jo"}
	c.share(c.robin, peer.ProfileTerms{Open: true, Languages: []string{"en", "es"}, Gender: "woman", Shares: []string{"alcohol"}, Places: 1})
	c.share(c.jo, peer.ProfileTerms{Open: true, Languages: []string{"en"}, Shares: []string{"alcohol", "voices"}, Hours: []string{"evenings"}, Places: 1})
	for _, in := range []struct {
		wish peer.Wish
		want []string
	}{{peer.Wish{Shares: []string{"voices"}, Hours: []string{"evenings"}}, []string{"jo", "robin"}}, {peer.Wish{Language: "es"}, []string{"robin"}}, {peer.Wish{Gender: "woman"}, []string{"robin"}}, {peer.Wish{Gender: "man"}, nil}} {
		p, err := c.own().SetWish(t.Context(), in.wish)
		c.ok(err)
		if got := names(p.Fits, of); !slices.Equal(got, in.want) {
			t.Errorf("%+v: %v", in.wish, got)
		}
	}
	if _, err := c.Care.Peer.Profile(t.Context(), c.doc); models.KindOf(err) != models.KindForbidden {
		t.Error("somebody who is no peer:", err)
	}
	if _, err := c.Chart(c.doc, c.sam.PatientID).Peer.Page(t.Context()); models.KindOf(err) != models.KindForbidden {
		t.Error("the team reads whom a patient asks:", err)
	}
}

// TestBothSayYesAndEitherEnds: the peer's answer has an owner and a due time; the yes opens
// no chart; either ends it without a reason.
func TestBothSayYesAndEitherEnds(t *testing.T) {
	c := newClinic(t)
	c.share(c.robin, peer.ProfileTerms{Open: true, Languages: []string{"en"}, Places: 1})
	id := care.NewID()
	var m peer.Match
	for range 2 {
		var err error
		m, err = c.own().Ask(t.Context(), id, c.robin.AccountID, "I like walks.")
		c.ok(err)
	}
	asked := func() (out []task.View) {
		page, err := c.Care.Tasks.Tasks(t.Context(), c.robin, tasks.Filter{List: tasks.Mine}, "", 10)
		c.ok(err)
		return page.Items
	}
	if got := asked(); len(got) != 1 || got[0].Status != task.Accepted || !got[0].DueAt.Equal(m.DueAt) || got[0].PatientID != "" || got[0].PatientName != "" {
		t.Fatalf("%+v", got)
	}
	if _, err := c.Care.Tasks.Progress(t.Context(), c.robin, m.TaskID, task.Completed, ""); code(err) != "ends-elsewhere" {
		t.Error(err)
	}
	if _, err := c.Care.Peer.Answer(t.Context(), c.jo, id, true); models.KindOf(err) != models.KindNotFound {
		t.Error("another peer answers:", err)
	}
	for range 2 {
		m, err := c.Care.Peer.Answer(t.Context(), c.robin, id, true)
		c.ok(err)
		if m.Status != peer.Together {
			t.Errorf("%+v", m)
		}
	}
	if len(asked()) != 0 {
		t.Error("answered, and still to be answered")
	}
	if _, err := c.Care.Open(t.Context(), c.robin, c.sam.PatientID, models.PurposeTreatment); models.KindOf(err) != models.KindNotFound {
		t.Error("a yes opened the chart:", err)
	}
	other := c.Patient()
	if p, err := c.Chart(other, other.PatientID).Peer.Page(t.Context()); err != nil || len(p.Fits) != 0 {
		t.Error("somebody who is full is shown:", p.Fits, err)
	}
	if _, err := c.Chart(other, other.PatientID).Peer.Ask(t.Context(), care.NewID(), c.robin.AccountID, ""); code(err) != "invalid-input" {
		t.Error("somebody who is full is asked:", err)
	}
	for range 2 {
		m, err := c.own().End(t.Context(), id)
		c.ok(err)
		if m.Status != peer.Ended {
			t.Errorf("%+v", m)
		}
	}
	if _, err := c.Care.Peer.Answer(t.Context(), c.robin, id, true); code(err) != "not-from-here" {
		t.Error(err)
	}
	page, err := c.Care.Peer.Matches(t.Context(), c.robin, "", 10)
	c.ok(err)
	if len(page.Items) != 1 || page.Items[0].Words != "" {
		t.Errorf("the words of what ended are shown: %+v", page.Items)
	}
	id = care.NewID()
	_, err = c.own().Ask(t.Context(), id, c.robin.AccountID, "")
	c.ok(err)
	if m, err := c.Care.Peer.EndAsPeer(t.Context(), c.robin, id); err != nil || m.Status != peer.Ended || len(asked()) != 0 {
		t.Error(m, err)
	}
}

func terms(words string) peer.Terms {
	return peer.Terms{Ask: []string{words}, MayAsk: []string{"Did you go?"}, Never: []string{"Call my boss."}, Often: "weekly"}
}

// TestAContractIsThePatients: the partner agrees to exactly the words that stand; a change
// asks anew; either ends it; who is taken out of the circle has nothing left of it; it
// opens nothing.
func TestAContractIsThePatients(t *testing.T) {
	c := newClinic(t)
	id := care.NewID()
	if _, err := c.own().Write(t.Context(), id, c.robin.AccountID, terms("Call me.")); code(err) != "invalid-input" {
		t.Error("a stranger:", err)
	}
	for range 2 {
		v, err := c.own().Write(t.Context(), id, c.rosa.AccountID, terms("Call me."))
		c.ok(err)
		if v.Value.Status != peer.Asked || v.Value.Agreed != 0 {
			t.Errorf("%+v", v)
		}
	}
	theirs := func() []peer.Contract {
		page, err := c.Care.Peer.Asked(t.Context(), c.rosa, "", 10)
		c.ok(err)
		return page.Items
	}
	if got := theirs(); len(got) != 1 || got[0].Terms.Ask[0] != "Call me." {
		t.Fatalf("%+v", got)
	}
	if _, err := c.Care.Peer.AnswerContract(t.Context(), c.Supporter(c.sam), id, 1, true); models.KindOf(err) != models.KindNotFound {
		t.Error("another supporter:", err)
	}
	for range 2 {
		_, err := c.Care.Peer.AnswerContract(t.Context(), c.rosa, id, 1, true)
		c.ok(err)
	}
	for range 2 { // the second with the version of the first: the answer was lost
		v, err := c.own().Rewrite(t.Context(), id, 2, terms("Call me at noon."))
		c.ok(err)
		if v.Value.Status != peer.Asked || v.Value.Agreed != 0 || v.Value.Number != 2 {
			t.Errorf("%+v", v)
		}
	}
	if _, err := c.own().Rewrite(t.Context(), id, 2, terms("Call me at one.")); models.KindOf(err) != models.KindStale {
		t.Error(err)
	}
	if _, err := c.Care.Peer.AnswerContract(t.Context(), c.rosa, id, 1, true); code(err) != "changed-meanwhile" {
		t.Error("a yes to words that stand no more:", err)
	}
	if v, err := c.Care.Peer.AnswerContract(t.Context(), c.rosa, id, 2, true); err != nil || v.Agreed != 2 {
		t.Error(v, err)
	}
	if ch, err := c.Care.Open(t.Context(), c.rosa, c.sam.PatientID, models.PurposeFamily); err == nil {
		if _, err := ch.CarePlan.Plan(t.Context()); err == nil {
			t.Error("a contract opened the plan")
		}
	}
	c.ok(c.Chart(c.sam, c.sam.PatientID).Family.Remove(t.Context(), c.rosa.AccountID))
	if got := theirs(); len(got) != 0 {
		t.Errorf("taken out of the circle, and still there: %+v", got)
	}
	if _, err := c.Care.Peer.EndAsPartner(t.Context(), c.rosa, id); models.KindOf(err) != models.KindNotFound {
		t.Error(err)
	}
	for range 2 {
		v, err := c.own().EndContract(t.Context(), id)
		c.ok(err)
		if v.Value.Status != peer.Ended {
			t.Errorf("%+v", v)
		}
	}
}

// TestAnswersAtOnce: the patient ends and changes while the partner says yes; what stands is
// never a yes to other words, and what has ended stays so.
func TestAnswersAtOnce(t *testing.T) {
	c := newClinic(t)
	for n := range 20 {
		v, err := c.own().Write(t.Context(), care.NewID(), c.rosa.AccountID, terms("Call me."))
		c.ok(err)
		id := v.Value.ID
		var all sync.WaitGroup
		all.Go(func() { _, _ = c.Care.Peer.AnswerContract(t.Context(), c.rosa, id, 1, true) })
		all.Go(func() { _, _ = c.own().Rewrite(t.Context(), id, v.Version, terms("Call me at noon.")) })
		if n%2 == 0 {
			all.Go(func() { _, _ = c.own().EndContract(t.Context(), id) })
		}
		all.Wait()
		got, err := c.own().Contract(t.Context(), id)
		c.ok(err)
		if g := got.Value; g.Agreed != 0 && g.Agreed != g.Number || g.Status == peer.Together && g.Agreed == 0 || n%2 == 0 && g.Status != peer.Ended {
			t.Fatalf("%+v", g)
		}
		_, err = c.own().EndContract(t.Context(), id)
		c.ok(err)
	}
}

// TestWhatNoPeerAnswersEnds: it is asked of one alone, who can't pass it on, and it ends by
// its clock; the patient can ask another then.
func TestWhatNoPeerAnswersEnds(t *testing.T) {
	c := newClinic(t)
	c.share(c.robin, peer.ProfileTerms{Open: true, Languages: []string{"en"}, Places: 1})
	id := care.NewID()
	m, err := c.own().Ask(t.Context(), id, c.robin.AccountID, "I like walks.")
	c.ok(err)
	if _, err := c.Care.Tasks.HandOver(t.Context(), c.robin, m.TaskID, c.jo.AccountID, ""); code(err) != "asked-of-you" {
		t.Error("passed on:", err)
	}
	stands := func() string {
		p, err := c.own().Page(t.Context())
		c.ok(err)
		return p.Matches[0].Status
	}
	c.Clock.Move(m.DueAt.Sub(c.Clock.Now()) - time.Hour)
	c.ok(c.Care.Tasks.Follow(t.Context()))
	if got := stands(); got != peer.Asked {
		t.Error("before its time:", got)
	}
	c.Clock.Move(2*time.Hour + 24*time.Hour)
	for range 2 {
		c.ok(c.Care.Tasks.Follow(t.Context()))
	}
	if got := stands(); got != peer.Ended {
		t.Error("after its time:", got)
	}
	open, err := c.Care.Tasks.Tasks(t.Context(), c.robin, tasks.Filter{List: tasks.Mine}, "", 10)
	c.ok(err)
	if len(open.Items) != 0 {
		t.Errorf("still somebody's: %+v", open.Items)
	}
	log, err := c.Chart(c.sam, c.sam.PatientID).People.AccessLog(t.Context(), "en", "", 10)
	c.ok(err)
	if log.Items[0].What == "" {
		t.Errorf("%+v", log.Items[0])
	}
	_, err = c.own().Ask(t.Context(), care.NewID(), c.robin.AccountID, "")
	c.ok(err)
}

// TestTheSameAskAtOnceIsOne: what is counted against an ask may be that very ask, which came
// a moment before by another way.
func TestTheSameAskAtOnceIsOne(t *testing.T) {
	c := newClinic(t)
	c.share(c.robin, peer.ProfileTerms{Open: true, Languages: []string{"en", "es"}, Gender: "woman", Shares: []string{"alcohol"}, Places: 1})
	id, own := care.NewID(), c.own()
	errs := make([]error, 12)
	var all sync.WaitGroup
	for n := range errs {
		all.Go(func() { _, errs[n] = own.Ask(t.Context(), id, c.robin.AccountID, "I like walks.") })
	}
	all.Wait()
	for n, err := range errs {
		if err != nil {
			t.Errorf("ask %d: %v", n, err)
		}
	}
}
