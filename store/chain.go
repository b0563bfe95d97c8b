package store

import (
	"context"
	"crypto/hmac"
)

// ChainReport is what VerifyChain found.
type ChainReport struct {
	Lanes  int64
	Docs   int64
	Faults []ChainFault // the first of each lane
}

// FaultKind says what is wrong with a lane.
type FaultKind string

// The kinds of fault. A document that was slipped in counts as tampered with.
const (
	FaultTampered  FaultKind = "tampered"  // the document is not the one that was linked here
	FaultDropped   FaultKind = "dropped"   // no document has this seq
	FaultReordered FaultKind = "reordered" // another document of the lane belongs here
	FaultHead      FaultKind = "head"      // the head does not match its documents or its mark
	FaultLanes     FaultKind = "lanes"     // there are fewer or more lanes than the roll says
)

// ChainFault is the first fault of a lane. ID is empty when no document stands at
// Seq; Lane is empty when the fault is in the roll of lanes.
type ChainFault struct {
	Collection string
	Lane       string
	Seq        int64
	ID         string
	Kind       FaultKind
}

// VerifyChain walks all lanes of all append-only collections of e and checks every
// link and head. It needs no data key, so lanes with erased owners verify too. It
// may run while others write. The error says that it could not look, not that
// something is wrong.
//
// It cannot notice that a database was set back as a whole to an older copy of
// itself: keep the counts of the last report elsewhere.
func VerifyChain(ctx context.Context, e Engine, l Linker) (ChainReport, error) {
	v := &verifier{engine: e, linker: l}
	for _, t := range e.Schema().Tables() {
		if !t.AppendOnly {
			continue
		}
		if err := v.collection(ctx, t.Name); err != nil {
			return v.report, err
		}
	}
	return v.report, nil
}

type verifier struct {
	engine Engine
	linker Linker
	report ChainReport
}

// collection counts the lanes between two looks at the roll, because others may
// open new ones meanwhile.
func (v *verifier) collection(ctx context.Context, name string) error {
	before, err := v.head(ctx, name, "")
	if err != nil {
		return err
	}
	lanes := int64(0)
	for from := "\x00"; ; {
		lane, err := v.nextLane(ctx, name, from)
		if err != nil {
			return err
		}
		if lane == "" {
			break
		}
		if err := v.lane(ctx, name, lane); err != nil {
			return err
		}
		lanes++
		from = lane + "\x00"
	}
	after, err := v.head(ctx, name, "")
	if err != nil {
		return err
	}
	if lanes < before.Seq || lanes > after.Seq || !v.marked(after) {
		v.fault(ChainFault{Collection: name, Seq: after.Seq, Kind: FaultLanes})
	}
	v.report.Lanes += lanes
	return nil
}

// nextLane is the first lane from `from` on that has documents or a head, so that
// neither can hide the loss of the other; "" at the end.
func (v *verifier) nextLane(ctx context.Context, collection, from string) (string, error) {
	heads, err := v.engine.Heads(ctx, collection, from, 1)
	if err != nil {
		return "", err
	}
	lane, err := v.engine.NextLane(ctx, collection, from)
	if len(heads) > 0 && (lane == "" || heads[0].Lane < lane) {
		lane = heads[0].Lane
	}
	return lane, err
}

// head returns a head with Seq 0 when there is none.
func (v *verifier) head(ctx context.Context, collection, lane string) (Head, error) {
	heads, err := v.engine.Heads(ctx, collection, lane, 1)
	if err != nil || len(heads) == 0 || heads[0].Lane != lane {
		return Head{Collection: collection, Lane: lane}, err
	}
	return heads[0], nil
}

func (v *verifier) marked(h Head) bool {
	return h.Seq == 0 || hmac.Equal(h.Mark, v.linker.Mark(h))
}

func (v *verifier) fault(f ChainFault) { v.report.Faults = append(v.report.Faults, f) }
