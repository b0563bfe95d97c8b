package careplan_test

import (
	"strconv"
	"testing"

	"handrail/care/caretest"
	"handrail/models"
	"handrail/models/careplan"
)

// TestAVersionFarBehindLosesNothing: who loaded the plan fifty versions ago changes what
// nobody else did, is told which field somebody did, and agrees to nothing that they have
// not read.
func TestAVersionFarBehindLosesNothing(t *testing.T) {
	c := newClinic(t)
	base := c.item(c.sleep)
	old := ok(c.plan(c.doctor).Plan(t.Context()))(t).Version
	for n := range 50 {
		c.change(c.nurse, old+int64(n), careplan.ItemEdit{ID: c.sleep, DoneWhen: new("slept " + strconv.Itoa(n))})
	}
	edit := func(version int64, i careplan.ItemEdit) error {
		i.ID = base.ID
		_, err := c.plan(c.doctor).Change(t.Context(), careplan.Edit{Base: version, Reason: "x", Items: []careplan.ItemEdit{i}})
		return err
	}
	err := edit(old, careplan.ItemEdit{DoneWhen: new("mine")})
	if f := caretest.FieldsOf(err); models.KindOf(err) != models.KindConflict || len(f) != 1 || f[0].Field != "items[0].doneWhen" {
		t.Errorf("the same field: %v %v", err, f)
	}
	if err := edit(old, careplan.ItemEdit{Why: new("For my son.")}); err != nil {
		t.Errorf("another field: %v", err)
	}
	if i := c.item(c.sleep); i.DoneWhen != "slept 49" || i.Why != "For my son." {
		t.Errorf("%q, %q", i.DoneWhen, i.Why)
	}
	for _, never := range []int64{0, -1, old + 52, 1 << 60} {
		caretest.WantKind(t, edit(never, careplan.ItemEdit{Why: new("x")}), models.KindStale, "version-not-newest")
	}
	_, err = c.plan(c.sam).Say(t.Context(), old, true, "")
	caretest.WantKind(t, err, models.KindStale, "version-not-newest")
}
