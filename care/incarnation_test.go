package care_test

import (
	"testing"
	"time"

	"handrail/care"
	"handrail/care/caretest"
	"handrail/care/upkeep"
	"handrail/models"
	"handrail/store/storetest"
)

func TestAStoreKeepsItsIncarnationUntilItIsRestored(t *testing.T) {
	empty := storetest.Open(t, care.Collections()...)
	_, err := upkeep.ReadIncarnation(t.Context(), empty)
	caretest.WantKind(t, err, models.KindNotFound, "not-found")

	h := caretest.New(t)
	first, err := upkeep.ReadIncarnation(t.Context(), h.Store)
	if err != nil || first.ID == "" || !first.Since.Equal(caretest.Start) {
		t.Fatalf("%+v, %v", first, err)
	}
	h.Clock.Move(time.Hour)
	h.Instance() // a second program on the same store
	if again, err := upkeep.ReadIncarnation(t.Context(), h.Store); err != nil || again != first {
		t.Errorf("%+v, %v", again, err)
	}
	next, err := upkeep.NewIncarnation(t.Context(), h.Store, h.Clock.Now())
	if err != nil || next.ID == first.ID || next.Before != first.ID {
		t.Errorf("%+v, %v", next, err)
	}
	if read, err := upkeep.ReadIncarnation(t.Context(), h.Store); err != nil || read != next {
		t.Errorf("%+v, %v", read, err)
	}
}
