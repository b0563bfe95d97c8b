package reminder

import (
	"errors"
	"strings"
	"testing"

	"handrail/models"
)

func TestMedicinesThatAreTaken(t *testing.T) {
	first := at("2026-03-06T14:00:00Z")
	four := []Medicine{{ID: "a", Policy: Here, Times: []string{"00:00"}}, {ID: "b", Policy: Home, Times: []string{"08:00", "08:30", "20:00", "23:59"}, Days: []string{"SU", "MO"}},
		{ID: "c", Policy: Every, EveryHours: 72, First: &first}, {ID: "d", Policy: Every, EveryHours: 24, First: &first}}
	if err := (Medicines{four}).Check(); err != nil {
		t.Fatal(err)
	}
	var rules []Rule
	for _, m := range four {
		rules = append(rules, ForMedicine(m)...)
	}
	if err := CheckRules(rules); err != nil || len(rules) != 7 {
		t.Errorf("what is taken gives %d rules: %v", len(rules), err)
	}
	if err := (Medicines{}).Check(); err != nil {
		t.Error(err)
	}
}

func TestMedicinesThatAreRefused(t *testing.T) {
	first := at("2026-03-06T14:00:00Z")
	for want, m := range map[string]Medicine{
		"items[0].clock unknown-clock":       {ID: "a", Policy: "", Times: []string{"09:00"}},
		"items[0].times required":            {ID: "a", Policy: Here},
		"items[0].times too-many":            {ID: "a", Policy: Here, Times: []string{"01:00", "02:00", "03:00", "04:00", "05:00"}},
		"items[0].times[0] bad-time":         {ID: "a", Policy: Home, Times: []string{"24:00"}},
		"items[0].times[1] too-close":        {ID: "a", Policy: Home, Times: []string{"09:00", "09:29"}},
		"items[0].days[1] bad-day":           {ID: "a", Policy: Here, Times: []string{"09:00"}, Days: []string{"MO", "MO"}},
		"items[0].everyHours out-of-range":   {ID: "a", Policy: Every, EveryHours: 23, First: &first},
		"items[0].first required":            {ID: "a", Policy: Every, EveryHours: 24},
		"items[0].times not-with-clock":      {ID: "a", Policy: Every, EveryHours: 24, First: &first, Times: []string{"09:00"}},
		"items[0].everyHours not-with-clock": {ID: "a", Policy: Here, EveryHours: 24, Times: []string{"09:00"}},
		"items[0].id used-twice":             {ID: "not an id!", Policy: Here, Times: []string{"09:00"}},
	} {
		field, code, _ := strings.Cut(want, " ")
		var e *models.Error
		if !errors.As(Medicines{[]Medicine{m}}.Check(), &e) || len(e.Fields) != 1 || e.Fields[0].Field != field || e.Fields[0].Code != code {
			t.Errorf("%s: %+v", want, e)
		}
	}
	same := Medicine{ID: "a", Policy: Here, Times: []string{"09:00"}}
	if (Medicines{[]Medicine{same, same}}).Check() == nil || (Medicines{make([]Medicine, 5)}).Check() == nil {
		t.Error("two of one id, or five, are taken")
	}
}
