package people_test

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"

	"handrail/care"
	"handrail/care/caretest"
	"handrail/care/people"
	"handrail/models"
	"handrail/models/imports"
	"handrail/store"
)

// said is what an import tells of each line: its state, and why.
func said(v people.Imported) string {
	var out []string
	for _, l := range v.Lines {
		one := fmt.Sprintf("%d %s", l.Line, l.State)
		if l.Twin != nil {
			one += " " + l.Twin.By
		}
		for _, r := range l.Reasons {
			one += " " + r.Field + ":" + r.Code
		}
		out = append(out, one)
	}
	return strings.Join(out, "\n")
}

func wantSaid(t *testing.T, what string, v people.Imported, err error, want ...string) {
	t.Helper()
	if err != nil {
		t.Fatalf("%s: %v %v", what, err, caretest.FieldsOf(err))
	}
	if got := said(v); got != strings.Join(want, "\n") {
		t.Errorf("%s:\n%s\nnot\n%s", what, got, strings.Join(want, "\n"))
	}
}

// accounts counts those of a role.
func accounts(t *testing.T, h *caretest.Clinic, role models.Role) int {
	t.Helper()
	page, err := h.Care.People.Accounts(t.Context(), h.Admin, role, "", 100)
	if err != nil {
		t.Fatal(err)
	}
	return len(page.Items)
}

const sheet = "name,birthdate,role,recordnumber,phone\n" +
	"Maya Torres,1990-05-17,patient,A7,+1 415 555 0100\n" + // 2
	"\"Torres, Máya\",1990-05-17,,,\n" + // 3: the same in the file
	"Maya Torres,1988-02-02,,A8,\n" + // 4: another of her name, perhaps
	"Luis Torres,,supporter,,\n" + // 5
	"Nobody,1990-02-31,wizard,,\n" // 6

// TestAnImportFindsDoublesBeforeItWrites: to look writes nothing; what is written is written
// once however often it is sent; another file of the same people makes nobody again.
func TestAnImportFindsDoublesBeforeItWrites(t *testing.T) {
	h := caretest.New(t)
	office := h.First(models.RoleCoordinator, "")
	before := accounts(t, h, models.RolePatient)
	f := people.ImportFile{ID: care.NewID(), Kind: imports.People, CSV: sheet}
	looked := []string{"2 new", "3 double name-and-birth-date", "4 alike name", "5 new", "6 refused role:unknown-role birthDate:no-such-date"}
	v, err := h.Care.People.LookAtImport(t.Context(), office, f)
	wantSaid(t, "looked", v, err, looked...)
	if n := accounts(t, h, models.RolePatient); n != before {
		t.Fatalf("to look made %d", n-before)
	}
	f.Take = []int{4, 3}
	v, err = h.Care.People.Import(t.Context(), office, f)
	made := []string{"2 made", "3 double name-and-birth-date", "4 made", "5 made", looked[4]}
	wantSaid(t, "imported", v, err, made...)
	v, err = h.Care.People.Import(t.Context(), office, f)
	wantSaid(t, "sent again", v, err, made...)
	if n := accounts(t, h, models.RolePatient); n != before+2 {
		t.Errorf("%d patients are new, not 2", n-before)
	}
	f.ID = care.NewID()
	v, err = h.Care.People.LookAtImport(t.Context(), office, f)
	wantSaid(t, "the same file another day", v, err, "2 double record-number", "3 double name-and-birth-date", "4 double record-number", "5 alike name", looked[4])

	f.CSV = "name,role\nEve New,administrator\nAnn New,patient\n"
	v, err = h.Care.People.LookAtImport(t.Context(), office, f)
	wantSaid(t, "a role that a coordinator makes nobody of", v, err, "2 refused role:role-not-yours", "3 new")
	for _, who := range []models.Actor{h.Clinician(models.DisciplineNursing), h.Patient()} {
		_, err = h.Care.People.LookAtImport(t.Context(), who, f)
		caretest.WantKind(t, err, models.KindForbidden, "not-for-your-role")
		_, err = h.Care.People.Import(t.Context(), who, f)
		caretest.WantKind(t, err, models.KindForbidden, "not-for-your-role")
	}
}

// TestTwoImportsAtOnceMakeNobodyTwice, though each looked before the other wrote.
func TestTwoImportsAtOnceMakeNobodyTwice(t *testing.T) {
	h := caretest.New(t)
	before := accounts(t, h, models.RolePatient)
	text := "name,birthdate\n"
	for n := range 12 {
		text += fmt.Sprintf("Person %d,1990-01-%02d\n", n, n+1)
	}
	var both sync.WaitGroup
	for _, c := range []*care.Care{h.Care, h.Instance()} {
		both.Go(func() {
			if _, err := c.People.Import(t.Context(), h.Admin, people.ImportFile{ID: care.NewID(), Kind: imports.People, CSV: text}); err != nil {
				t.Error(err)
			}
		})
	}
	both.Wait()
	if n := accounts(t, h, models.RolePatient) - before; n != 12 {
		t.Errorf("12 people have %d accounts", n)
	}
}

// cutStore ends after some batches, as a program that is killed does.
type cutStore struct {
	store.Store
	left int
}

func (c *cutStore) Batch(ctx context.Context, ops ...store.Op) error {
	if c.left--; c.left < 0 {
		return store.ErrUnavailable
	}
	return c.Store.Batch(ctx, ops...)
}

// TestAnImportThatWasCutOff anywhere goes on when it is sent again to another instance,
// under the same id or a new one, and nobody is there twice.
func TestAnImportThatWasCutOff(t *testing.T) {
	const text = "name,birthdate\nAda One,1990-01-01\nBo Two,1990-01-02\nCy Three,1990-01-03\n"
	for after := range 3 {
		for _, sameID := range []bool{true, false} {
			h := caretest.New(t)
			cut := &cutStore{Store: h.Store, left: 100}
			c := h.InstanceOn(cut, func(*care.Config) {})
			f := people.ImportFile{ID: care.NewID(), Kind: imports.People, CSV: text}
			cut.left = after
			_, err := c.People.Import(t.Context(), h.Admin, f)
			caretest.WantKind(t, err, models.KindUnavailable, "store-unavailable")
			if n := accounts(t, h, models.RolePatient); n != after {
				t.Fatalf("cut off after %d there are %d", after, n)
			}
			state := "made"
			if !sameID {
				f.ID, state = care.NewID(), "double name-and-birth-date"
			}
			v, err := h.Care.People.LookAtImport(t.Context(), h.Admin, f)
			want := []string{"2 new", "3 new", "4 new"}
			for n := range after {
				want[n] = fmt.Sprintf("%d %s", n+2, state)
			}
			wantSaid(t, "looked at after that", v, err, want...)
			if _, err := h.Care.People.Import(t.Context(), h.Admin, f); err != nil {
				t.Fatal(err)
			}
			if n := accounts(t, h, models.RolePatient); n != 3 {
				t.Errorf("3 people have %d accounts", n)
			}
		}
	}
}
