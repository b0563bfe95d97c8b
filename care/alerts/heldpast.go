package alerts

import (
	"time"

	"github.com/fxamacker/cbor/v2"

	"handrail/care/internal/chart"
	"handrail/models/checkin"
	"handrail/store"
)

// pastLate is how many check-ins the small document holds before the large one is written
// with them: writing hundreds for each one that comes cost more than all else of it.
const pastLate = 24

// late is what came since a patient's past was written as a whole, in the order in which
// it came. It belongs to that one version of it.
type late struct {
	_      struct{} `cbor:",toarray"`
	Format int
	Of     int64
	Told   []told
}

// lateID is the id of that document, beside the one with the patient's own id.
func lateID(patientID string) string { return patientID + "+" }

// heldPast is a patient's past as the two documents of these versions tell it.
type heldPast struct {
	past
	whole, late int64  // versions; 0: not there
	came        []byte // those of the small document, each by appendTold
	many        int    // so many
	anew        bool   // it was made from the check-ins, and is not stored so
}

// fresh tells whether it need not be made anew.
func (h *heldPast) fresh(now time.Time) bool {
	return now.Sub(time.UnixMilli(h.Made)).Abs() < pastAge
}

// read takes it from the documents; false where they do not tell it.
func (h *heldPast) read(whole, after store.Doc) bool {
	var l late
	if whole.Version == 0 || whole.Bad != nil || cbor.Unmarshal(whole.Body, &h.past) != nil || h.Format != pastFormat ||
		after.Version == 0 || after.Bad != nil || cbor.Unmarshal(after.Body, &l) != nil || l.Format != pastFormat || l.Of != whole.Version {
		return false
	}
	for i, t := range l.Told {
		h.putTold(t)
		h.came = appendTold(h.came, &l.Told[i])
	}
	h.whole, h.late, h.many = whole.Version, after.Version, len(l.Told)
	return true
}

// add puts a check-in into it, and gives the ops that store it so. Their versions are
// those that it has afterwards.
func (h *heldPast) add(in checkin.CheckIn, now time.Time) []store.Op {
	var ops []store.Op
	t := toldOf(in)
	h.putTold(t)
	h.trim(now.Add(-pastBack).UnixMilli())
	h.came, h.many = appendTold(h.came, &t), h.many+1
	if h.anew || h.many > pastLate {
		ops = append(ops, comparedOp(in.PatientID, in.PatientID, h.whole, h.form()))
		h.whole, h.came, h.many, h.anew = h.whole+1, h.came[:0], 0, false
	}
	ops = append(ops, comparedOp(lateID(in.PatientID), in.PatientID, h.late, lateForm(h.whole, h.many, h.came)))
	h.late++
	return ops
}

func comparedOp(id, patientID string, version int64, body []byte) store.Op {
	doc := store.Doc{ID: id, Owner: patientID, Version: version, Body: body}
	if version == 0 {
		return store.Insert(chart.ColCompared, doc)
	}
	return store.Replace(chart.ColCompared, doc)
}
