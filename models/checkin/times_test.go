package checkin

import (
	"errors"
	"strings"
	"testing"

	"handrail/models"
)

func TestCheckInTimes(t *testing.T) {
	for _, good := range []Times{{}, {Times: []string{"09:00"}}, {Times: []string{"00:00", "23:59"}, Days: []string{"SU", "MO"}},
		{Times: []string{"08:00", "09:00", "10:00", "11:00"}}} {
		if err := CheckTimes(good); err != nil {
			t.Errorf("%+v: %v", good, err)
		}
	}
	for field, bad := range map[string]Times{
		"times":    {Times: []string{"08:00", "09:00", "10:00", "11:00", "12:00"}},
		"times[0]": {Times: []string{"24:00"}},
		"times[1]": {Times: []string{"09:00", "09:59"}},
		"times[2]": {Times: []string{"09:00", "12:00", "9:00"}},
		"days[0]":  {Days: []string{"Monday"}},
		"days[1]":  {Days: []string{"MO", "MO"}},
	} {
		var e *models.Error
		if !errors.As(CheckTimes(bad), &e) || len(e.Fields) == 0 || e.Fields[0].Field != field || strings.Contains(e.Text, "Monday") {
			t.Errorf("%s: %+v", field, e)
		}
	}
}
