package care_test

import (
	"strings"
	"testing"

	"handrail/care"
	"handrail/care/caretest"
)

// TestANewerStoreIsRefused: before anything is read or written in it, with what to do; one
// of an older program, which says no format or a lower one, is served and says ours.
func TestANewerStoreIsRefused(t *testing.T) {
	h := caretest.New(t)
	body := func() string {
		t.Helper()
		d, err := h.Store.Get(t.Context(), "store_facts", "format")
		if err != nil {
			t.Fatal(err)
		}
		return string(d.Body)
	}
	ours := body()
	if !strings.Contains(ours, `"format":1`) {
		t.Fatalf("%s", ours)
	}
	h.Spoil("store_facts", "format", `{"format":2,"since":"2027-01-01T00:00:00Z"}`)
	c, err := care.New(t.Context(), h.Store, care.Config{Site: caretest.Site, Now: h.Clock.Now, BaseURL: caretest.BaseURL})
	if c != nil || err == nil || !strings.Contains(err.Error(), "newer program") || !strings.Contains(err.Error(), "format 2") {
		t.Fatalf("%v", err)
	}
	if got := body(); !strings.Contains(got, `"format":2`) {
		t.Errorf("what refused it changed it: %s", got)
	}
	h.Spoil("store_facts", "format", `{"format":0}`)
	h.Instance()
	if got := body(); !strings.Contains(got, `"format":1`) {
		t.Errorf("%s", got)
	}
	d, err := h.Store.Get(t.Context(), "store_facts", "format")
	if err != nil {
		t.Fatal(err)
	}
	if err := h.Store.Delete(t.Context(), "store_facts", "format", d.Version); err != nil {
		t.Fatal(err)
	}
	h.Instance()
	if got := body(); got != ours {
		t.Errorf("%s, then %s", ours, got)
	}
}
