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
	whole, late int64 // versions; 0: not there
	came        []told
	anew        bool // it was made from the check-ins, and is not stored so
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
	for _, t := range l.Told {
		h.putTold(t)
	}
	h.whole, h.late, h.came = whole.Version, after.Version, l.Told
	return true
}

// add puts a check-in into it, and gives the ops that store it so. Their versions are
// those that it has afterwards.
func (h *heldPast) add(in checkin.CheckIn, now time.Time) ([]store.Op, error) {
	var ops []store.Op
	t := toldOf(in)
	h.putTold(t)
	h.trim(now.Add(-pastBack).UnixMilli())
	if h.came = append(h.came, t); h.anew || len(h.came) > pastLate {
		op, err := comparedOp(in.PatientID, in.PatientID, h.whole, h.past)
		if err != nil {
			return nil, err
		}
		h.whole, h.came, h.anew, ops = h.whole+1, nil, false, []store.Op{op}
	}
	op, err := comparedOp(lateID(in.PatientID), in.PatientID, h.late, late{Format: pastFormat, Of: h.whole, Told: h.came})
	h.late++
	return append(ops, op), err
}

func comparedOp(id, patientID string, version int64, v any) (store.Op, error) {
	body, err := shortly.Marshal(v)
	doc := store.Doc{ID: id, Owner: patientID, Version: version, Body: body}
	if version == 0 {
		return store.Insert(chart.ColCompared, doc), err
	}
	return store.Replace(chart.ColCompared, doc), err
}
