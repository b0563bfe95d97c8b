package imports

import (
	"fmt"
	"strings"
	"testing"

	"handrail/models"
)

// TestAFileIsReadOrRefused: by its own rules, with a code and a line, and never what stood there.
func TestAFileIsReadOrRefused(t *testing.T) {
	f, err := Read(People, "\ufeffName;Role;Shoe size;Birth-Date\n\n\"Torres; Maya\";patient;39;1990-05-17\n;;;\nLi;;;;;more\n")
	if err != nil {
		t.Fatal(err)
	}
	if len(f.Rows) != 2 || f.Rows[0].N != 3 || f.Rows[0].Cells["name"] != "Torres; Maya" || f.Rows[0].Cells["birthdate"] != "1990-05-17" || !f.Rows[1].Wide {
		t.Errorf("rows: %+v", f.Rows)
	}
	if fmt.Sprint(f.Ignored) != "[3]" {
		t.Errorf("columns that are not read: %v", f.Ignored)
	}
	for text, want := range map[string]string{
		"": "csv empty", "name\n": "csv empty", "name,NAME\nx,y\n": "csv column-twice", "name\nx\nSecret \"Name\n": "csv[3] not-csv", "name\nJos\xe9\n": "csv not-text", "name\nJos\ufffd\n": "csv not-text",
		"name\n" + strings.Repeat("x\n", MaxLines+1): "csv too-many-lines", strings.Repeat("x", MaxBytes+1): "csv too-large",
	} {
		_, err := Read(People, text)
		e, ok := err.(*models.Error)
		if !ok || len(e.Fields) != 1 || e.Fields[0].Field+" "+e.Fields[0].Code != want || strings.Contains(e.Fields[0].Text, "Secret") {
			t.Errorf("%.20q: %v, not %s", text, err, want)
		}
	}
	if _, err := Read(People, "name\n"+strings.Repeat("x\n", MaxLines)); err != nil {
		t.Errorf("as many lines as fit: %v", err)
	}
}

// TestWhoIsTwice: a number or a birth date makes two one; a name or a phone asks a person.
func TestWhoIsTwice(t *testing.T) {
	c := NewCrowd()
	c.Add(Somebody{Name: "Maya Torres", Role: models.RolePatient, BirthDate: "1990-05-17", Phone: "+14155550100", RecordNumber: "A7", Twin: Twin{AccountID: "maya"}})
	c.Add(Somebody{Name: "Grace Kim", Role: models.RoleClinician, Twin: Twin{AccountID: "grace"}})
	for _, tt := range []struct {
		is    Somebody
		state State
		by    string
	}{
		{Somebody{Name: "torres,  MÁYA", BirthDate: "1990-05-17"}, Double, ByNameAndBirth},
		{Somebody{Name: "Maja T.", RecordNumber: "A7"}, Double, ByRecordNumber},
		{Somebody{Name: "Maya Torres", BirthDate: "1991-01-01"}, Alike, ByName},
		{Somebody{Name: "Maya Torres"}, Alike, ByName},
		{Somebody{Name: "Kim, Grace", BirthDate: "1980-01-01"}, Alike, ByName},
		{Somebody{Name: "Luis Torres", Phone: "+14155550100"}, Alike, ByPhone},
		{Somebody{Name: "Luis Torres", BirthDate: "1990-05-17", RecordNumber: "A8"}, New, ""},
	} {
		tt.is.Role = models.RolePatient
		state, twin := c.Hold(tt.is)
		if state != tt.state || (twin == nil) != (tt.by == "") || twin != nil && twin.By != tt.by {
			t.Errorf("%+v: %s %+v, not %s %s", tt.is, state, twin, tt.state, tt.by)
		}
	}
}
