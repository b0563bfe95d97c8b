package webtest

import (
	"testing"
	"time"
)

// The program, the page and its worker have the clock of the tests, and it runs.
func TestEverythingHasTheClockOfTheTests(t *testing.T) {
	t.Parallel()
	c := openClinic(t)
	p := newPhone(t, c.BaseURL, "en-US")
	near := func(who string, at, want time.Time) {
		t.Helper()
		if d := at.Sub(want); d.Abs() > patience {
			t.Errorf("%s has %s, want %s", who, at, want)
		}
	}
	const byAll = `[new Date().getTime(), Date.now(), new Date(Date()).getTime(), new Date(new Date().getFullYear(), 0).getTime() > 0 ? new Date().getTime() : 0, structuredClone(new Date()).getTime()]`
	p.load("")
	p.title("Welcome")
	p.letWorker()
	for _, ms := range eval[[]int64](p, byAll) {
		near("the page", time.UnixMilli(ms), now())
	}
	for _, ms := range inWorker[[]int64](p, byAll) {
		near("the worker", time.UnixMilli(ms), now())
	}
	if !eval[bool](p, `new Date() instanceof Date && new Date(0).getTime() === 0 && new Date(2026, 1).getMonth() === 1`) {
		t.Error("a date is no date any more")
	}
	office := c.person("administrator", "")
	code := must(c.as(office).NewEnrolmentCode(t.Context(), office.AccountID))(t)
	near("the program", code.ExpiresAt, now().Add(72*time.Hour))

	const day = 24 * time.Hour
	p.move(-3 * day) // a phone whose clock is wrong
	near("the moved page", time.UnixMilli(eval[int64](p, "Date.now()")), now().Add(-3*day))
	p.load("")
	p.title("Welcome")
	near("the next page", time.UnixMilli(eval[int64](p, "Date.now()")), now().Add(-3*day))
	near("its worker", time.UnixMilli(inWorker[int64](p, "Date.now()")), now())
	c.move(2 * day)
	code = must(c.as(c.person("administrator", "")).NewEnrolmentCode(t.Context(), office.AccountID))(t)
	near("the moved program", code.ExpiresAt, now().Add(72*time.Hour+2*day))
}
